import { type DepotId, firstVersion, newId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import { unheard } from "@headway/kernel/unheard";
import { judgePeriod, type Roster } from "../model/roster.ts";

export type OpenRosterInput = { readonly depot: DepotId; readonly from: PlainDate; readonly to: PlainDate };

export type OpenRosterNeeds = {
  readonly depots: { isKnown(tx: Tx, depot: DepotId): Promise<boolean> };
  readonly rosters: { add(tx: Tx, roster: Roster): Promise<void> };
};

/** A draft for a depot and a span of days. Refused with `depot.unknown`, `roster.overlaps` or as `judgePeriod` says. */
export const openRoster =
  ({ depots, rosters }: OpenRosterNeeds): Command<OpenRosterInput, Roster> =>
  async (tx, { depot, from, to }) => {
    judgePeriod(from, to);
    if (!(await depots.isKnown(tx, depot))) throw unheard("depot");
    const roster: Roster = { id: newId(), depot, from, to, current: 0, publishedAt: null, version: firstVersion };
    await rosters.add(tx, roster);
    return roster;
  };
