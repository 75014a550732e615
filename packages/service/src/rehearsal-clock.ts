import { type Clock, type Instant, SetClock, systemClock } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import { isBefore, Temporal } from "@headway/kernel/time";
import type { Database } from "@headway/postgres/database";
import { instantOf } from "@headway/postgres/instants";

export type ServiceClock = Clock & {
  readonly rehearsal: boolean;
  /** Refused with `clock.no-rehearsal` or `clock.backwards`. Resolves when the time is kept for the next start too. */
  readonly set: (at: Instant) => Promise<void>;
};

/** Whose time it is: an administrator's, the demo's that still has to catch up with the machine's, or else the machine's. */
export type ClockSettings = { readonly rehearsal: boolean; readonly catchesUp: boolean };

const beforeAllRehearsals = Temporal.Instant.from("2000-01-01T00:00:00Z");

/** The clock of a service, kept in its own database where it is not the machine's. */
export const openClock = async (db: Database, { rehearsal, catchesUp }: ClockSettings): Promise<ServiceClock> => {
  if (rehearsal) return { rehearsal, ...(await openKept(db)) };
  if (catchesUp) return { rehearsal, ...catchUp(await openKept(db)) };
  return {
    now: systemClock.now,
    rehearsal,
    set: () =>
      Promise.reject(
        conflict(
          "clock.no-rehearsal",
          "The clock can only be set in the rehearsal profile: start Headway with --rehearsal.",
        ),
      ),
  };
};

type KeptClock = Pick<ServiceClock, "now" | "set">;

const openKept = async (db: Database): Promise<KeptClock> => {
  const [kept] = await db.rows<{ stands_at: string }>("select stands_at from rehearsal_clock");
  const clock = new SetClock(kept ? instantOf(kept.stands_at) : beforeAllRehearsals);
  return {
    now: clock.now,
    async set(at) {
      clock.set(at);
      await db.rows(
        `insert into rehearsal_clock (stands_at) values ($1)
         on conflict (only_row) do update set stands_at = greatest(rehearsal_clock.stands_at, excluded.stands_at)`,
        [clock.now().toString()],
      );
    },
  };
};

/** So near to the machine's time a clock has caught up: whoever sets it needs a moment to do so. */
const near = { seconds: 5 };

/** Stands where it is set until that is the machine's time; from then on it is the machine's, and setting it changes nothing. */
const catchUp = (kept: KeptClock): KeptClock => {
  let caughtUp = false;
  return {
    now: () => (caughtUp ? systemClock.now() : kept.now()),
    async set(at) {
      if (caughtUp) return;
      await kept.set(at);
      caughtUp = !isBefore(at, systemClock.now().subtract(near));
    },
  };
};
