import { invalid } from "@headway/kernel/domain-error";
import { type DepotId, parseId } from "@headway/kernel/ids";
import { requireText } from "@headway/kernel/reading";
import { type PlainDate, parseDate } from "@headway/kernel/time";
import { type Caller, mayInDepot, type Role } from "@headway/service/caller";

/** Reads a depot's day. Refused with `caller.other-depot` unless the caller holds one of the roles there. */
export const readDay = (
  said: { readonly depotId: string; readonly serviceDate: string },
  caller: Caller,
  roles: readonly Role[],
): { readonly depot: DepotId; readonly serviceDate: PlainDate } => {
  const depot = parseId<DepotId>(said.depotId, "depotId");
  mayInDepot(caller, roles, depot);
  return { depot, serviceDate: parseDate(said.serviceDate, "serviceDate") };
};

/** Reads the words that a dispatcher may add, at most 500 characters; null for none. */
export const readNote = (note: string): string | null => (note === "" ? null : requireText(note, "note", 500));

/** Reads a word of the wire that must be said. Refused with `field.not-allowed`. */
export const readWord = <Word extends string>(
  words: { readonly toWord: (value: number) => Word },
  value: number,
  field: string,
): Word => {
  // Zero is protobuf's "unspecified".
  if (value === 0) throw invalid("field.not-allowed", `${field} must be said.`, { field });
  return words.toWord(value);
};
