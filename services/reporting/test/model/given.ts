import type { Instant } from "@headway/kernel/clock";
import type { AssignmentId, DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { type Bar, barOf } from "../../src/model/board-state.ts";
import { type DayFact, type DutyDay, hearDay, quietDay } from "../../src/model/duty-day.ts";
import { type Holding, hearRoster, type RosterFact } from "../../src/model/holding.ts";

export const at = (minute: number): Instant => Temporal.Instant.from("2026-11-23T04:00:00Z").add({ minutes: minute });

const duty = "u1" as DutyId;
const depot = "p1" as DepotId;
const serviceDate = Temporal.PlainDate.from("2026-11-23");
const worked = { starts: at(60), ends: at(540) };

/** Assignment `a1` is of driver `d1`, and so on. */
const of = (index: number) => ({ assignment: `a${index}` as AssignmentId, driver: `d${index}` as DriverId });

export const assigned = (index: number, minute = index): RosterFact => ({
  type: "assigned",
  at: at(minute),
  ...of(index),
  duty,
  depot,
  serviceDate,
  worked,
  rosterVersion: index,
});
export const released = (index: number, minute = index + 10): RosterFact => ({
  type: "released",
  at: at(minute),
  assignment: of(index).assignment,
});

/** What dispatch says, of which assignment, and with what else. */
export type Said = readonly [DayFact["type"], number?, object?];

/** Facts of dispatch in their order. */
export const day = (...said: readonly Said[]): DayFact[] =>
  said.map(
    ([type, index = 1, over = {}], place) =>
      ({ type, version: place + 1, at: at(60 + place), ...of(index), ...over }) as DayFact,
  );

/** A duty as the read models hold it: a part for each of the three services that tell of it. */
export type Duty = {
  readonly withdrawn: boolean;
  readonly holdings: readonly Holding[];
  readonly day: DutyDay;
};
export type PlanFact = "planned" | "withdrawn";
export type Fact = { readonly plan: PlanFact } | { readonly roster: RosterFact } | { readonly day: DayFact };

export const nothing: Duty = { withdrawn: false, holdings: [], day: quietDay };

export const hear = (before: Duty, fact: Fact): Duty => {
  if ("plan" in fact) return { ...before, withdrawn: fact.plan === "withdrawn" };
  if ("roster" in fact) return { ...before, holdings: hearRoster(before.holdings, fact.roster) };
  return { ...before, day: hearDay(before.day, fact.day) };
};

export const barAfter = ({ withdrawn, holdings, day: { attendance, cancelCause } }: Duty): Bar | null => {
  const holder = holdings.at(-1);
  return barOf({
    withdrawn,
    holder: holder?.known.to === null ? holder : null,
    attendance,
    cancelCause,
  });
};

export type Told = {
  readonly plan?: readonly PlanFact[];
  readonly roster?: readonly RosterFact[];
  readonly day?: readonly DayFact[];
};

export const facts = (told: Told): Fact[] => [
  ...(told.plan ?? ["planned" as const]).map((plan) => ({ plan })),
  ...(told.roster ?? []).map((roster) => ({ roster })),
  ...(told.day ?? []).map((day) => ({ day })),
];
