import type { Instant } from "@headway/kernel/clock";
import { conflict } from "@headway/kernel/domain-error";
import type { Interval } from "@headway/kernel/interval";
import { isBefore, later, Temporal } from "@headway/kernel/time";
import type { Assignment } from "./assignment.ts";
import type { Duty } from "./duty.ts";
import { plannedEnd } from "./worked-time.ts";

/** Nobody works on two duties at once. Refused with `driver.at-work` at a time at which the driver works elsewhere. */
export const mustBeFree = ({ elsewhere }: Assignment, at: Instant): void => {
  // Nor do two sign-ons share their instant: which work came first would be anybody's guess.
  const other = elsewhere.find(({ starts, ends }) => at.equals(starts) || (isBefore(starts, at) && isBefore(at, ends)));
  if (other) throw conflict("driver.at-work", `The driver is at work elsewhere from ${other.starts} to ${other.ends}.`);
};

/** When the driver signed on elsewhere after signing on here; null while they have not. */
export const nextWork = ({ signedOn, elsewhere }: Pick<Assignment, "signedOn" | "elsewhere">): Instant | null => {
  if (!signedOn) return null;
  const next = elsewhere.map(({ starts }) => starts).filter((starts) => !isBefore(starts, signedOn));
  return next.sort(Temporal.Instant.compare)[0] ?? null;
};

/** From the sign-on until when it counts, the planned end while the driver is there; null before the sign-on. */
export const workOf = ({ plan }: Duty, assignment: Assignment): Interval | null => {
  const { signedOn, countsUntil } = assignment;
  return signedOn && { starts: signedOn, ends: later(signedOn, countsUntil ?? plannedEnd(plan, nextWork(assignment))) };
};
