import type { DepotId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { Command, Tx } from "@headway/kernel/tx";
import { type Candidates, searchCandidates as search } from "../model/candidates.ts";
import { around } from "../model/check.ts";
import { countDriver, countDuty } from "../model/counted.ts";
import type { RosteredDriver } from "../model/driver.ts";
import type { Duty } from "../model/duty.ts";

export type SearchCandidatesNeeds = {
  readonly drivers: { findOfDepot(tx: Tx, depot: DepotId, time: Interval): Promise<readonly RosteredDriver[]> };
  readonly duties: { find(tx: Tx, id: DutyId): Promise<Duty> };
};

/** Who of the depot could take a duty, and who could not and why. Changes nothing. Refused with `duty.unknown`. */
export const searchCandidates =
  ({ drivers, duties }: SearchCandidatesNeeds): Command<DutyId, Candidates> =>
  async (tx, id) => {
    const duty = await duties.find(tx, id);
    const staff = await drivers.findOfDepot(tx, duty.depot, around(duty));
    return search(staff.map(countDriver), countDuty(duty));
  };
