import { Code, ConnectError } from "@connectrpc/connect";
import { CancelCause } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import { SigningKind, SigningMatch } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { conflict } from "@headway/kernel/domain-error";
import { newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { toConnectError } from "@headway/service/errors";
import { expect } from "vitest";
import { type GivenDay, givenDay, refusal } from "../given-day.ts";
import type { Day } from "./day.ts";
import { hear, type Signing } from "./meaning.ts";
import { type Names, readPicture } from "./picture.ts";
import { cover, found, give, type Minute, type Roster, rosterOf } from "./roster.ts";

export const drivers = ["ann", "bob", "cem"] as const;
export const duties = ["A", "B", "C"] as const;
/** Two duties that follow each other, and one across both. */
const plans = {
  A: { starts: 300, ends: 480, driver: "ann" },
  B: { starts: 360, ends: 600, driver: "bob" },
  C: { starts: 480, ends: 660, driver: "ann" },
} as const;
const rosteredAt: Minute = -1440;
const begins: Minute = 240;

/** Dispatch on PostgreSQL, and days in it: each with people and duties of its own, and the model of it beside. */
export const openWorlds = async () => {
  let current: { readonly roster: Roster; readonly names: Names };
  const service = await givenDay({
    listCandidates: () => ({
      fit: drivers.map((driver) => ({ driverId: current.names.id(driver), number: driver })),
    }),
    coverDuty({ dutyId, driverId, insteadOfDriverId }) {
      const { id, name, minute } = current.names;
      const insteadOf = insteadOfDriverId ? name(insteadOfDriverId) : null;
      const now = minute(service.hosted.ground.clock.now().toString());
      const answer = cover(current.roster, name(dutyId), name(driverId), insteadOf, now);
      if (answer === "silence") throw new ConnectError("no answer", Code.Unavailable);
      if ("refused" in answer) throw toConnectError(conflict(answer.refused, "It says no."));
      return { assignment: { id: id(answer.assignment), dutyId, driverId } };
    },
  });
  let midnight = Temporal.Instant.from("2026-11-23T00:00:00Z");

  const next = async (): Promise<{ model: Day; real: World }> => {
    midnight = midnight.add({ hours: 24 });
    // What the day before has left under way comes to its end while its roster is there.
    await service.setClock(midnight.toString());
    midnight = midnight.add({ hours: 24 });
    const names = namesFrom(midnight);
    const [model, roster] = [freshDay(), rosterOf(duties)];
    current = { roster, names };
    const real = worldOf(service, roster, names, midnight);
    for (const duty of duties) {
      await real.plan(duty, plans[duty]);
      for (const one of [model.roster, roster]) give(one, duty, plans[duty].driver, rosteredAt);
      await real.hear(duty, rosteredAt);
      const news = found(model.roster.untold, duty).shift();
      if (news) hear(model, duty, news, rosteredAt);
    }
    await real.setClock(begins);
    await real.activate();
    return { model, real };
  };
  return { next, close: service.close };
};

const freshDay = (): Day => ({
  now: begins,
  duties: new Map(
    duties.map((name) => {
      const { starts, ends } = plans[name];
      return [name, { name, starts, ends, state: "published", version: 1, turns: [], heard: [] }];
    }),
  ),
  roster: rosterOf(duties),
  wishes: [],
  signings: new Map(),
  told: [],
});

const namesFrom = (midnight: Temporal.Instant): Names => {
  const [ids, names] = [new Map<string, string>(), new Map<string, string>()];
  return {
    id(name) {
      const id = ids.get(name) ?? newId();
      ids.set(name, id);
      names.set(id, name);
      return id;
    },
    name: (id) => found(names, id),
    known: () => [...names.keys()],
    minute: (at) => midnight.until(Temporal.Instant.from(at)).total("minutes"),
  };
};

const kinds = {
  "sign-on": SigningKind.SIGN_ON,
  "sign-off": SigningKind.SIGN_OFF,
  "start-break": SigningKind.START_BREAK,
  "end-break": SigningKind.END_BREAK,
};

export type World = ReturnType<typeof worldOf>;

/** The words of the day's orders, as dispatch takes them. Each answers what the caller is told: `done`, or the refusal's slug. */
const worldOf = (service: GivenDay, roster: Roster, names: Names, midnight: Temporal.Instant) => {
  const { id } = names;
  const date = midnight.toString().slice(0, 10);
  const at = (minute: Minute): string => midnight.add({ minutes: minute }).toString();
  const onDuty = (duty: string, expectedVersion: number) => ({ dutyId: id(duty), expectedVersion });
  let signings = 0;
  return {
    roster,
    newSigning: () => `s${++signings}`,
    plan: (duty: string, { starts, ends }: { readonly starts: Minute; readonly ends: Minute }) =>
      service.plan({ id: id(duty), run: duty, date, starts: at(starts), ends: at(ends) }),
    activate: () => service.activate(date, true),
    /** Time passes; what waits for a roster that does not answer goes on waiting. */
    async setClock(minute: Minute): Promise<void> {
      const slug = await refusal(service.setClock(at(minute)));
      expect(["not refused", "service.unavailable"]).toContain(slug);
    },
    sign: ({ id: signing, kind, duty, driver, at: minute }: Signing): Promise<string> =>
      answer(
        service.sign(service.asDriver(id(driver)), id(driver), kinds[kind], at(minute), {
          signingId: id(signing),
          dutyId: id(duty),
        }),
        ({ match }) => SigningMatch[match].toLowerCase(),
      ),
    /** The oldest news of a duty arrives. */
    async hear(duty: string, minute: Minute): Promise<string> {
      const news = found(roster.untold, duty).shift();
      if (!news) throw new Error(`There is no news of ${duty}.`);
      const tellIt = news.what === "assigned" ? service.assign : service.release;
      const said = { assignment: id(news.assignment), date, rosterVersion: news.version, at: at(minute) };
      return answer(tellIt(id(duty), id(news.driver), said));
    },
    cancel: (duty: string, seen: number): Promise<string> =>
      answer(service.days.cancelDuty({ ...onDuty(duty, seen), cause: CancelCause.DISRUPTION })),
    reactivate: (duty: string, seen: number): Promise<string> =>
      answer(service.days.reactivateDuty(onDuty(duty, seen))),
    replace: (duty: string, seen: number, driver: string | null): Promise<string> =>
      answer(service.days.replaceDriver({ ...onDuty(duty, seen), driverId: driver ? id(driver) : "" })),
    read: () => readPicture(service.db, duties, names),
  };
};

const answer = async <T>(call: Promise<T>, inWords: (answer: T) => string = () => "done"): Promise<string> => {
  const slug = await refusal(call);
  return slug === "not refused" ? inWords(await call) : slug;
};
