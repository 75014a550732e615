import { toTimestamp } from "@headway/contracts/instant";
import type { Candidate } from "../model/candidates.ts";
import { type Finding, isError } from "../model/finding.ts";
import type { CountedRoster, RosterLine } from "../outbound/roster-queries.ts";

export const toRoster = ({ roster, assigned, open }: CountedRoster) => ({
  id: roster.id,
  depotId: roster.depot,
  firstDay: roster.from.toString(),
  lastDay: roster.to.toString(),
  rosterVersion: roster.current,
  assigned,
  open,
  version: roster.version,
  ...(roster.publishedAt && { publishedAt: toTimestamp(roster.publishedAt) }),
});

/** Times and work as they were given; those of the duty while it is open. */
export const toAssignment = ({ duty, assignment }: RosterLine) => {
  const { worked, work } = assignment ?? duty;
  return {
    id: assignment?.id ?? "",
    dutyId: duty.id,
    driverId: assignment?.driver ?? "",
    rosterId: assignment?.roster ?? "",
    depotId: duty.depot,
    serviceDate: duty.date.toString(),
    runId: duty.run,
    starts: toTimestamp(worked.starts),
    ends: toTimestamp(worked.ends),
    workMinutes: work,
    qualification: duty.qualification ?? "",
    version: assignment?.version ?? 0,
  };
};

export const toFinding = (finding: Finding) => ({
  rule: finding.rule,
  ruleVersion: finding.version,
  error: isError(finding),
  measured: finding.measured,
  limit: finding.limit,
  message: finding.sentence,
});

export const toCandidate = ({ driver, weekMinutes, contractMinutes, findings }: Candidate) => ({
  driverId: driver.id,
  number: driver.number,
  weekMinutes,
  contractMinutes,
  findings: findings.map(toFinding),
});
