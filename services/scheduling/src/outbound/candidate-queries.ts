import type { Instant } from "@headway/kernel/clock";
import type { DutyId } from "@headway/kernel/ids";
import type { Database } from "@headway/postgres/database";
import { type Candidates, searchCandidates } from "../model/candidates.ts";
import { around } from "../model/check.ts";
import { countDriver, countDuty } from "../model/counted.ts";
import { mustNotBeOver } from "../model/duty.ts";
import { driverRepository } from "./driver-repository.ts";
import { dutyRepository } from "./duty-repository.ts";

export const candidateQueries = ({ inTx }: Pick<Database, "inTx">) => ({
  /** Who of the depot could take a duty, and who could not and why. Refused with `duty.unknown` or `duty.over`. */
  ofDuty: (id: DutyId, now: Instant): Promise<Candidates> =>
    inTx(async (tx) => {
      const duty = await dutyRepository.find(tx, id);
      mustNotBeOver(duty, now);
      const staff = await driverRepository.findOfDepot(tx, duty.depot, around(duty));
      return searchCandidates(staff.map(countDriver), countDuty(duty));
    }),
});
