import type { AssignmentId, DutyId } from "@headway/kernel/ids";
import type { PlannedDuty, RosteredAssignment } from "./follow.ts";

/** Who has which duty of a day, as scheduling has it now; an open duty is not there. */
export type RosterOfDay = ReadonlyMap<DutyId, AssignmentId>;

/** The duties of which dispatch has not heard the same as scheduling says: there is news on its way. */
export const behind = (
  said: RosterOfDay,
  planned: readonly PlannedDuty[],
  heard: ReadonlyMap<DutyId, readonly RosteredAssignment[]>,
): DutyId[] => {
  const known = new Set(planned.map(({ id }) => id));
  const unplanned = [...said.keys()].filter((id) => !known.has(id));
  const otherwise = [...known].filter((id) => holderIn(heard.get(id)) !== (said.get(id) ?? null));
  return [...unplanned, ...otherwise];
};

/** Only who was assigned last can have the duty. */
const holderIn = (rostered: readonly RosteredAssignment[] = []): AssignmentId | null => {
  const last = rostered.at(-1);
  return last && !last.releasedAt ? last.id : null;
};
