import { conflict } from "@headway/kernel/domain-error";
import type { Level } from "./work-rule.ts";

/** What speaks against a driver on a duty: which rule in which version, what it measured and what it allows. */
export type Finding = {
  /** A rule of the agreement, or one that always holds: employment, qualification, absence, overlap, depot. */
  readonly rule: string;
  readonly version: number;
  readonly level: Level;
  /** Minutes; for a rule that is kept or not, 0 of 1. */
  readonly measured: number;
  readonly limit: number;
  readonly sentence: string;
};

export const isError = ({ level }: Finding): boolean => level === "error";

export const busy = (field: string) =>
  conflict("driver.busy", "The driver holds another duty at that time.", { field });

/** Warnings pass. Refused with `driver.busy`, or as `slug` says with all errors named; `field` is where the caller named the driver. */
export const mustBeLegal = (
  findings: readonly Finding[],
  slug: "assignment.illegal" | "swap.illegal",
  field = "driverId",
): void => {
  const errors = findings.filter(isError);
  if (errors.length === 0) return;
  if (errors.every(({ rule }) => rule === "overlap")) throw busy(field);
  throw conflict(slug, errors.map(({ sentence }) => sentence).join(" "), {
    findings: errors.map(({ rule, version, sentence }) => ({ field, slug: `${rule}@${version}`, message: sentence })),
  });
};
