import { isBefore } from "@headway/kernel/time";
import { type Assignment, assignmentMoves } from "./assignment.ts";
import type { Duty } from "./duty.ts";
import type { Signing, SigningKind } from "./signing.ts";
import { opensAt } from "./windows.ts";

/**
 * For which of the driver's duties a signing is that names none; null where nothing is near. First those that can
 * take it, then those that refuse it, such as a second sign-on or one too early; among equals, to sign on the one that starts nearest,
 * otherwise the one that was signed on last.
 */
export const matchSigning = (duties: readonly Duty[], signing: Signing): Duty | null => {
  const near = duties.filter((duty) => isNear(duty, signing) && couldMean(ownAssignment(duty, signing), signing));
  const rank = (duty: Duty): number[] => [
    canTake(duty, signing) ? 0 : 1,
    distance(duty, signing),
    duty.plan.starts.epochMilliseconds,
  ];
  return near.sort((a, b) => firstDifference(rank(a), rank(b)))[0] ?? null;
};

/** The assignment that a signing on this duty is for: the driver's newest. */
export const ownAssignment = (duty: Duty, { driver }: Signing): Assignment | null =>
  duty.assignments.findLast((assignment) => assignment.driver === driver) ?? null;

export const orders = {
  "sign-on": "SignOn",
  "sign-off": "SignOff",
  "start-break": "StartBreak",
  "end-break": "EndBreak",
} as const satisfies Record<SigningKind, string>;

/** The driver's own, and not signed on only after this. */
const couldMean = (own: Assignment | null, { kind, at }: Signing): boolean =>
  own !== null && (kind === "sign-on" || !own.signedOn || !isBefore(at, own.signedOn));

const canTake = (duty: Duty, signing: Signing): boolean => {
  const own = ownAssignment(duty, signing);
  const opened = signing.kind !== "sign-on" || !isBefore(signing.at, opensAt(duty));
  return own !== null && opened && orders[signing.kind] in assignmentMoves[own.state];
};

/**
 * A sign-on from half a day before the duty, where it is too early, to its planned end; what follows the sign-on, until
 * the system signs off and as long again.
 */
const isNear = (duty: Duty, { kind, at }: Signing): boolean => {
  const { starts, ends } = duty.plan;
  const until = kind === "sign-on" ? ends : ends.add({ minutes: 2 * duty.windows.signOffBySystem });
  return !isBefore(at, starts.subtract({ hours: 12 })) && isBefore(at, until);
};

const distance = (duty: Duty, signing: Signing): number => {
  const signedOn = ownAssignment(duty, signing)?.signedOn;
  if (signing.kind !== "sign-on" && signedOn) return signing.at.epochMilliseconds - signedOn.epochMilliseconds;
  return Math.abs(signing.at.epochMilliseconds - duty.plan.starts.epochMilliseconds);
};

const firstDifference = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, index) => value - (b[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
