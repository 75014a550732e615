import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { Temporal } from "@headway/kernel/time";
import { type Schemas, seen } from "headway/rehearse/headway";
import type { Client } from "./clients.ts";
import type { Ledger } from "./ledger.ts";
import { isDone, type Line } from "./line.ts";
import { type DayWork, dayBegins, type OwnDuty, type World } from "./world.ts";

type Needs = { readonly line: Line; readonly ledger: Ledger; readonly world: World };

/** Minutes by which the clock goes on at a time, and hours after which it stands still. */
const step = 10;
const dayLasts = 23;

/** The day goes on: the clock is set, and whoever begins or ends a duty signs. Who is late is late by the clock of each service. */
export const dayOfOperations =
  ({ line, ledger, world }: Needs): Client =>
  async (stopping) => {
    const signings = world.today.flatMap(toSignings).sort((a, b) => Temporal.Instant.compare(a.at, b.at));
    const end = dayBegins.add({ hours: dayLasts });
    const begins = (signings[0]?.at ?? dayBegins).subtract({ minutes: step });
    for (let now = begins; !stopping.aborted; now = earlier(now.add({ minutes: step }), end)) {
      const set = await line.call((headway) => headway.PUT("/clock", { body: { at: now.toString() } }));
      if (set.status >= 300 && !(set.again && set.slug === "clock.backwards")) ledger.strange("Setting the clock", set);
      while (signings[0] && Temporal.Instant.compare(signings[0].at, now) <= 0) {
        const due = signings.splice(0, 4).filter(({ at }) => Temporal.Instant.compare(at, now) <= 0);
        await Promise.all(due.map((signing) => sign({ line, ledger }, signing)));
      }
    }
  };

const earlier = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? a : b;

type Signing = { readonly work: DayWork; readonly kind: Schemas["SigningKind"]; readonly at: Temporal.Instant };

const toSignings = (work: DayWork): Signing[] => [
  { work, kind: "sign-on", at: Temporal.Instant.from(work.starts) },
  { work, kind: "sign-off", at: Temporal.Instant.from(work.ends) },
];

const sign = async ({ line, ledger }: Omit<Needs, "world">, { work, kind, at }: Signing): Promise<void> => {
  const signingId = randomUUID();
  const body = { signingId, driverId: work.driver, dutyId: work.duty, kind, at: at.toString() };
  const outcome = await line.call((headway) => headway.POST("/signings", { body }));
  if (outcome.status < 300) ledger.done("signed", signingId);
  else ledger.strange(`The ${kind} of ${work.driver}`, outcome);
};

/** Milliseconds between two looks at a duty. */
const between = 50;

/** Duties of the next day lose their drivers, and are covered by others: the saga between dispatch and scheduling. */
export const replacement =
  ({ line, ledger, world }: Needs): Client =>
  async (stopping) => {
    for (const own of world.tomorrow) {
      if (stopping.aborted) return;
      await replace({ line, ledger }, own);
    }
  };

const replace = async ({ line, ledger }: Omit<Needs, "world">, own: OwnDuty): Promise<void> => {
  const release = { path: { assignmentId: own.assignment }, header: seen(own.version) };
  const released = await line.call((headway) =>
    headway.POST("/assignments/{assignmentId}/release", { params: release }),
  );
  if (!isDone(released)) return ledger.strange(`The release of ${own.assignment}`, released);
  ledger.done("released", own.duty);
  const open = await untilOpen({ line }, own.duty);
  const params = { path: { dutyId: own.duty }, header: seen(open) };
  const covered = await line.call((headway) => headway.POST("/day-duties/{dutyId}/replace", { params, body: {} }));
  if (covered.status < 300 || (covered.again && (await isCovered({ line }, own.duty))))
    ledger.done("covered", own.duty);
  // Nobody fit is a lawful answer; so is that somebody else is faster.
  else if (covered.slug !== "replacement.nobody-fit") ledger.strange(`The replacement on ${own.duty}`, covered);
};

/** Dispatch hears of the release a moment later. Answers the version that the duty is open at. */
const untilOpen = async ({ line }: Pick<Needs, "line">, dutyId: string): Promise<number> => {
  for (;;) {
    const { data } = await line.call((headway) =>
      headway.GET("/day-duties/{dutyId}", { params: { path: { dutyId } } }),
    );
    if (data?.open) return data.version;
    await pause(between);
  }
};

/** A replacement that was cut off is taken up by a job: it may take a few seconds, or not come to pass. */
const isCovered = async ({ line }: Pick<Needs, "line">, dutyId: string): Promise<boolean> => {
  for (let looks = 0; looks < 200; looks++) {
    const { data } = await line.call((headway) =>
      headway.GET("/day-duties/{dutyId}", { params: { path: { dutyId } } }),
    );
    if (data && !data.open) return true;
    await pause(between);
  }
  return false;
};
