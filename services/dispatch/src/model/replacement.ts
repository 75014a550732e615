import type { Instant } from "@headway/kernel/clock";
import { conflict, type ErrorKind } from "@headway/kernel/domain-error";
import {
  type AssignmentId,
  type DriverId,
  type DutyId,
  firstVersion,
  type Id,
  nextVersion,
  type Version,
} from "@headway/kernel/ids";
import { type Moves, mover } from "@headway/kernel/move";
import { type Duty, holderOf, runs } from "./duty.ts";
import { mustNotBeOver } from "./plan.ts";

export type ReplacementId = Id<"Replacement">;

export type ReplacementState = "wanted" | "covered" | "failed";
export type ReplacementOrder = "TryNext" | "Cover" | "Fail";

export const replacementMoves: Moves<ReplacementState, ReplacementOrder> = {
  wanted: { TryNext: "wanted", Cover: "covered", Fail: "failed" },
  covered: {},
  failed: {},
};

const move = mover("replacement", replacementMoves);

export type PickReason = "first-in-order" | "named-by-dispatcher";

export type LeftOut = { readonly driver: DriverId; readonly reason: string };

/** Who could take a duty, best first, and who could not and why: scheduling's judgement. */
export type Candidates = { readonly fit: readonly DriverId[]; readonly leftOut: readonly LeftOut[] };

/** A driver who is to take over an open duty, from the pick to the roster's answer. */
export type Replacement = {
  readonly id: ReplacementId;
  readonly duty: DutyId;
  readonly state: ReplacementState;
  /** Who missed the duty and may still have it in the roster; null where nobody is thought to have it. */
  readonly insteadOf: DriverId | null;
  readonly reason: PickReason;
  /** The dispatcher's own words; nobody else is told. */
  readonly note: string | null;
  /** The pick, and who comes after if the roster refuses it. Empty once it failed. */
  readonly picks: readonly DriverId[];
  readonly leftOut: readonly LeftOut[];
  /** How many stood before the pick. */
  readonly passedOver: number;
  readonly assignment: AssignmentId | null;
  readonly failure: string | null;
  readonly version: Version;
};

export type ReplacementWish = {
  readonly id: ReplacementId;
  /** Null for the first in the order. */
  readonly driver: DriverId | null;
  readonly note: string | null;
};

/**
 * Picks who shall take over. Refused with `duty.<state>` where it does not run, `duty.over` from its planned end on,
 * `duty.covered` where somebody has it, `replacement.nobody-fit` and `replacement.driver-unfit` with the reasons as findings.
 */
export const pick = (duty: Duty, wish: ReplacementWish, candidates: Candidates, now: Instant): Replacement => {
  if (!runs(duty)) throw conflict(`duty.${duty.state}`, `This duty is ${duty.state}: nobody needs to take it over.`);
  mustNotBeOver(duty.plan, now);
  if (holderOf(duty)) throw conflict("duty.covered", "A driver has this duty.");
  const { id, driver, note } = wish;
  const { fit, leftOut } = withoutThoseWhoMissed(duty, candidates);
  const picks = driver ? fit.filter((one) => one === driver) : fit;
  if (picks.length === 0) throw driver ? unfit(driver, leftOut) : nobodyFit(leftOut);
  const last = duty.assignments.at(-1);
  return {
    id,
    duty: duty.id,
    state: "wanted",
    insteadOf: last?.state === "missed" ? last.driver : null,
    reason: driver ? "named-by-dispatcher" : "first-in-order",
    note,
    picks,
    leftOut,
    passedOver: leftOut.length + (driver ? fit.indexOf(driver) : 0),
    assignment: null,
    failure: null,
    version: firstVersion,
  };
};

/** What the roster says to the pick. */
export type RosterAnswer = RosterCovers | RosterRefusal;
export type RosterCovers = { readonly kind: "covered"; readonly assignment: AssignmentId; readonly driver: DriverId };
export type RosterRefusal = { readonly kind: ErrorKind; readonly slug: string; readonly message: string };

/** The roster has the pick on the duty. */
export const cover = (replacement: Replacement, assignment: AssignmentId): Replacement => ({
  ...next(replacement, "Cover"),
  assignment,
});

/** The roster refuses the pick: the next one is asked; it fails when nobody is left, or when the driver is not the reason. */
export const refuse = (replacement: Replacement, { kind, slug, message }: RosterRefusal): Replacement => {
  const [refused, ...picks] = replacement.picks;
  const goesOn = picks.length > 0 && kind === "conflict" && !slug.startsWith("duty.");
  return {
    ...next(replacement, goesOn ? "TryNext" : "Fail"),
    picks,
    leftOut: refused ? [...replacement.leftOut, { driver: refused, reason: message }] : replacement.leftOut,
    passedOver: replacement.passedOver + 1,
    failure: goesOn ? null : slug,
  };
};

const withoutThoseWhoMissed = ({ assignments }: Duty, { fit, leftOut }: Candidates): Candidates => {
  const missed = assignments.filter(({ state }) => state === "missed").map(({ driver }) => driver);
  return {
    fit: fit.filter((driver) => !missed.includes(driver)),
    leftOut: [...leftOut, ...fit.filter((driver) => missed.includes(driver)).map(didNotCome)],
  };
};

const didNotCome = (driver: DriverId): LeftOut => ({ driver, reason: "Missed this very duty." });

const next = (replacement: Replacement, order: ReplacementOrder): Replacement => ({
  ...replacement,
  state: move(replacement.state, order),
  version: nextVersion(replacement.version),
});

const nobodyFit = (leftOut: readonly LeftOut[]) =>
  conflict("replacement.nobody-fit", `None of ${leftOut.length} drivers may take this duty.`, {
    findings: leftOut.map(toFinding),
  });

const unfit = (driver: DriverId, leftOut: readonly LeftOut[]) => {
  const findings = leftOut.filter((one) => one.driver === driver).map(toFinding);
  return conflict("replacement.driver-unfit", findings[0]?.message ?? "This driver is not one of the depot's.", {
    findings,
  });
};

const toFinding = ({ driver, reason }: LeftOut) => ({ field: driver, slug: "replacement.left-out", message: reason });
