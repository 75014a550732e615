import { showServiceTime } from "@headway/kernel/service-day";
import { readSeconds, type ServiceDay } from "../../time/service-clock.ts";
import { showMinutes } from "../../time/show-time.ts";
import { driverNameOf } from "./driver-name.ts";
import type { DayAssignment, DayDuty } from "./patch.ts";

/** Until when a driver worked, as far as it is known, for a person to decide; its times in service seconds. */
type Review = {
  readonly name: string;
  readonly planned: number;
  /** Null where Headway signed off. */
  readonly signedOff: number | null;
  /** Nothing later can be verified. */
  readonly latest: number;
  /** Until when the work counts before a person has looked. */
  readonly counted: number;
};

export const reviewOf = (day: ServiceDay, { ends }: Pick<DayDuty, "ends">, assignment: DayAssignment): Review => {
  const { signedOffAt, countsUntil } = assignment;
  const planned = readSeconds(day, ends);
  const latest = countsUntil === null ? planned : readSeconds(day, countsUntil);
  return {
    name: driverNameOf(assignment),
    planned,
    signedOff: signedOffAt === null ? null : readSeconds(day, signedOffAt),
    latest,
    counted: Math.min(planned, latest),
  };
};

/** How the driver left, in a sentence. */
export const leftText = ({ name, planned, signedOff, latest }: Review): string => {
  if (signedOff === null) return `${name} did not sign off: Headway did.`;
  const left = `${name} signed off at ${showServiceTime(signedOff)}`;
  // A driver's own sign-off can be verified, unless their next work began before.
  if (latest < signedOff) return `${left}, but was at work elsewhere from ${showServiceTime(latest)} on.`;
  return `${left}, ${showMinutes(Math.floor((signedOff - planned) / 60))} after the planned end.`;
};
