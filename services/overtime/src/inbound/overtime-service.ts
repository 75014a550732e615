import type { ServiceImpl } from "@connectrpc/connect";
import type { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { invalid } from "@headway/kernel/domain-error";
import { type DriverId, parseId } from "@headway/kernel/ids";
import { type DaySpan, parseDate, parseSpan } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import { callerOf, isSelf, mayInDepot, type Role } from "@headway/service/caller";
import type { RuleSet, WrittenRules } from "../model/rule-set.ts";
import { problems, type ValuedDay } from "../model/value-week.ts";
import { daysBefore } from "../model/week.ts";
import { toPayComponent } from "../outbound/overtime-events.ts";
import type { ruleSetQueries } from "../outbound/rule-set-repository.ts";
import type { FinalDay, workedDayQueries } from "../outbound/worked-day-queries.ts";
import { type RecalculationNeeds, recalculateAll } from "./recalculation-job.ts";

export type OvertimeServiceNeeds = RecalculationNeeds & {
  readonly publishRuleSet: Command<WrittenRules, RuleSet>;
  readonly finaliseWeeks: Command<DaySpan, void>;
  readonly ruleSets: ReturnType<typeof ruleSetQueries>;
  readonly days: ReturnType<typeof workedDayQueries>;
  /** Lets the job begin. */
  readonly wake: () => void;
};

/** Characters of a rule set. */
const longest = 100_000;
/** A year and a day. */
const mostDays = 367;

const viewers: readonly Role[] = ["payroll", "auditor", "admin"];

export const overtimeService = (needs: OvertimeServiceNeeds): ServiceImpl<typeof OvertimeService> => {
  const { inTx, publishRuleSet, finaliseWeeks, ruleSets, days, wake } = needs;
  return {
    async publishRuleSet({ agreement, validFrom, rules }) {
      const from = parseDate(validFrom, "validFrom");
      if (rules.length > longest)
        throw invalid("field.too-long", `rules must have at most ${longest} characters.`, { field: "rules" });
      const ruleSet = await inTx((tx) => publishRuleSet(tx, { agreement, from, document: rules }));
      wake();
      return { ruleSet: toRuleSet(ruleSet) };
    },

    async listRuleSets() {
      const all = await ruleSets.all();
      return { ruleSets: all.map(toRuleSet) };
    },

    async listWorkedDays({ driverId, ...said }, context) {
      const caller = callerOf(context);
      const driver = parseId<DriverId>(driverId, "driverId");
      const span = parseSpan(said, mostDays);
      if (!isSelf(caller, driver)) mayInDepot(caller, viewers, await days.depotOf(driver));
      const listed = await days.list(driver, span);
      return { days: listed.map(toWorkedDay) };
    },

    async finalisePeriod(request) {
      const span = parseSpan(request, mostDays);
      await inTx((tx) => finaliseWeeks(tx, span));
      await recalculateAll(needs);
      const [final, before, unpayable] = await Promise.all([
        days.finalDays(span),
        days.finalDays(daysBefore(span)),
        days.unpayable(span),
      ]);
      return {
        days: final.map(toDayTotal),
        before: before.map(toDayTotal),
        unpayable: unpayable.map(({ driver, date, problem }) => ({
          driverId: driver,
          serviceDate: date.toString(),
          slug: problem,
          reason: problems[problem],
        })),
      };
    },
  };
};

const toRuleSet = ({ agreement, version, from, document }: RuleSet) => ({
  agreement,
  ruleVersion: version,
  validFrom: from.toString(),
  rules: document,
});

const toDayTotal = ({ driver, date, revision }: FinalDay) => ({
  driverId: driver,
  serviceDate: date.toString(),
  revision,
});

const toWorkedDay = ({ driver, date, revision, workedMinutes, components }: ValuedDay) => ({
  driverId: driver,
  serviceDate: date.toString(),
  revision,
  workedMinutes,
  components: components.map(toPayComponent),
});
