import california from "../../agreements/california.json" with { type: "json" };
import contractHours from "../../agreements/contract-hours.json" with { type: "json" };
import guarantee from "../../agreements/guarantee.json" with { type: "json" };
import newYork from "../../agreements/new-york.json" with { type: "json" };
import sanFrancisco from "../../agreements/san-francisco.json" with { type: "json" };
import specialRun from "../../agreements/special-run.json" with { type: "json" };
import standard from "../../agreements/standard.json" with { type: "json" };
import summedByShift from "../../agreements/summed-by-shift.json" with { type: "json" };
import summedByWeek from "../../agreements/summed-by-week.json" with { type: "json" };
import { type RuleSet, readAgreement } from "../model/rule-set.ts";

/** The pay rules that Headway brings along: `agreements/README.md`. */
export const builtInRuleSets: readonly RuleSet[] = [
  california,
  contractHours,
  guarantee,
  newYork,
  sanFrancisco,
  specialRun,
  standard,
  summedByShift,
  summedByWeek,
].flatMap(readAgreement);
