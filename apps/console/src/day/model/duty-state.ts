import type { components } from "@headway/contracts/gen/openapi/dispatcher";

export type DutyState = components["schemas"]["BoardState"];

/** The word of each state: colour and shape are never alone. */
export const stateWords: Record<DutyState, string> = {
  covered: "Covered",
  "on-duty": "On duty",
  "on-break": "On break",
  late: "Late",
  missed: "Missed",
  open: "Open",
  cancelled: "Cancelled",
  done: "Done",
  "needs-review": "Needs review",
};

/** What each state means, for the legend and for screen readers. */
export const stateMeanings: Record<DutyState, string> = {
  covered: "A driver has it and has not signed on yet",
  "on-duty": "The driver has signed on",
  "on-break": "The driver rests",
  late: "The driver should have signed on by now",
  missed: "The driver did not sign on in time and nobody covers it",
  open: "Nobody is on it",
  cancelled: "It does not run",
  done: "The driver has signed off",
  "needs-review": "Signed off by Headway, or much later than planned: a person should look at it",
};

export const dutyStates = Object.keys(stateWords) as readonly DutyState[];

/** The states in which somebody is at work. */
export const isAtWork = (state: DutyState): boolean => state === "on-duty" || state === "on-break";
