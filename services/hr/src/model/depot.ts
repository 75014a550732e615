import { type DepotId, firstVersion, newId, type Version } from "@headway/kernel/ids";
import { parseZone } from "@headway/kernel/time";
import type { Decision } from "@headway/kernel/tx";
import { plainText } from "./plain-text.ts";

export type Depot = {
  readonly id: DepotId;
  readonly code: string;
  readonly name: string;
  /** IANA name. */
  readonly zone: string;
  readonly version: Version;
};

export type DepotOpened = { readonly type: "DepotOpened"; readonly depot: Depot };

/** A depot takes up its work. Refused where code or name are empty, or the zone is none. */
export const openDepot = (said: {
  readonly code: string;
  readonly name: string;
  readonly zone: string;
}): Decision<Depot, DepotOpened> => {
  const depot: Depot = {
    id: newId<DepotId>(),
    code: plainText(said.code, "code", 64),
    name: plainText(said.name, "name"),
    zone: parseZone(said.zone, "timeZone"),
    version: firstVersion,
  };
  return { next: depot, event: { type: "DepotOpened", depot } };
};
