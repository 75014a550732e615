import type { DepotId } from "@headway/kernel/ids";
import { depotsOf, hasInDepot, type Person, rolesOf } from "@headway/service/caller";
import type { View } from "./views.ts";

/** What somebody listens for: on the console a depot or a day, in the app what is their own. */
export type Interest =
  | { readonly face: "dispatcher"; readonly depot: string | null; readonly day: string | null }
  | { readonly face: "mobile" };

/** Whether a change may be told to this person, and whether they listen for it. */
export const concerns = (person: Person, interest: Interest, view: View): boolean => {
  if (interest.face === "mobile") return person.employee !== null && view.owners.includes(person.employee);
  return maySee(person, view) && isWanted(interest, view);
};

const maySee = (person: Person, { ids, roles, everywhere }: View): boolean => {
  if (everywhere) return rolesOf(person).some((role) => roles.includes(role));
  if (ids.depotId === undefined) return depotsOf(person, roles) === null;
  return hasInDepot(person, roles, ids.depotId as DepotId);
};

// What names no depot or day may concern any.
const isWanted = (
  { depot, day }: { readonly depot: string | null; readonly day: string | null },
  { ids }: View,
): boolean =>
  (depot === null || (ids.depotId ?? depot) === depot) && (day === null || (ids.serviceDate ?? day) === day);
