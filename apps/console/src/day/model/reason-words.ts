import type { components } from "@headway/contracts/gen/openapi/dispatcher";

type Schemas = components["schemas"];
export type CancelCause = Schemas["CancelCause"];
export type DismissReason = Schemas["DismissReason"];

/** Why a duty does not run, the usual first. */
export const cancelWords: Record<CancelCause, string> = {
  "no-vehicle": "No vehicle",
  "no-driver": "No driver",
  disruption: "Disruption",
  "timetable-change": "Timetable change",
  other: "Another cause",
};

/** Why this driver took over. */
export const pickWords: Record<Schemas["PickReason"], string> = {
  "first-in-order": "first in the order",
  "named-by-dispatcher": "named by the dispatcher",
};

/** Why a signing that fits no duty counts for nothing, the usual first. */
export const dismissWords: Record<DismissReason, string> = {
  "counted-already": "The work is counted already",
  "not-worked": "The driver came, but did not work",
  mistake: "It was a mistake",
  other: "Another reason",
};
