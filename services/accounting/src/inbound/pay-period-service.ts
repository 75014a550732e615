import type { ServiceImpl } from "@connectrpc/connect";
import {
  type ListPayLinesRequest,
  type PayPeriodService,
  PayPeriodState as ProtoState,
} from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Clock } from "@headway/kernel/clock";
import { denied } from "@headway/kernel/domain-error";
import { type EmployeeId, parseId, parseVersion } from "@headway/kernel/ids";
import { parseDate } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { parsePage } from "@headway/postgres/keyset";
import { type Caller, callerOf, depotsOf, hasInDepot, isSelf, mayInDepot, type Role } from "@headway/service/caller";
import { type PayPeriod, type PayPeriodId, type PayPeriodState, payPeriodStates } from "../model/pay-period.ts";
import type { PayrollLine, PayrollLineId } from "../model/payroll-line.ts";
import type { payPeriodQueries, SummedPeriod } from "../outbound/pay-period-queries.ts";
import type { payrollFileQueries } from "../outbound/payroll-file-repository.ts";
import type { ExplainedLine, LineInPeriod, LinesWanted, payrollLineQueries } from "../outbound/payroll-line-queries.ts";
import type { AcknowledgePayrollInput } from "../usecases/acknowledge-payroll.ts";
import type { ClosePayPeriodInput } from "../usecases/close-pay-period.ts";
import type { OpenPayPeriodInput } from "../usecases/open-pay-period.ts";
import type { ReopenPayPeriodInput } from "../usecases/reopen-pay-period.ts";

export type PayPeriodServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly openPayPeriod: Command<OpenPayPeriodInput, PayPeriod>;
  readonly closePayPeriod: Command<ClosePayPeriodInput, PayPeriod>;
  readonly reopenPayPeriod: Command<ReopenPayPeriodInput, PayPeriod>;
  readonly acknowledgePayroll: Command<AcknowledgePayrollInput, PayPeriod>;
  readonly periods: ReturnType<typeof payPeriodQueries>;
  readonly lines: ReturnType<typeof payrollLineQueries>;
  readonly files: ReturnType<typeof payrollFileQueries>;
  /** Lets the job begin. */
  readonly wake: () => void;
};

/** A pay period is one for all depots; what it comes to and its lines are seen by depot. */
const viewers: readonly Role[] = ["payroll", "auditor", "admin"];

/** What a driver gets to see of their own: what was handed over to payroll. */
const handedOver: readonly PayPeriodState[] = ["exported", "closed"];

export const payPeriodService = (needs: PayPeriodServiceNeeds): ServiceImpl<typeof PayPeriodService> => {
  const { inTx, clock, periods, lines, files, wake } = needs;

  const answer = async ({ id }: PayPeriod) => ({ payPeriod: toPayPeriod(await periods.get(id, null)) });

  return {
    async openPayPeriod({ firstDay, lastDay }) {
      const span = { from: parseDate(firstDay, "firstDay"), to: parseDate(lastDay, "lastDay") };
      return answer(await inTx((tx) => needs.openPayPeriod(tx, span)));
    },

    async closePayPeriod(request) {
      const input = { ...toPeriodAndVersion(request), now: clock.now() };
      const period = await inTx((tx) => needs.closePayPeriod(tx, input));
      wake();
      return answer(period);
    },

    async reopenPayPeriod(request) {
      return answer(await inTx((tx) => needs.reopenPayPeriod(tx, { ...toPeriodAndVersion(request), reason: "" })));
    },

    async acknowledgePayroll(request) {
      return answer(await inTx((tx) => needs.acknowledgePayroll(tx, toPeriodAndVersion(request))));
    },

    async listPayPeriods({ page }, context) {
      const depots = depotsOf(callerOf(context), viewers);
      const { items, next } = await periods.list(parsePage(page, ["date"]), depots);
      return { payPeriods: items.map(toPayPeriod), page: { next } };
    },

    async getPayPeriod({ payPeriodId }, context) {
      const depots = depotsOf(callerOf(context), viewers);
      const period = await periods.get(parseId<PayPeriodId>(payPeriodId, "payPeriodId"), depots);
      return { payPeriod: toPayPeriod(period) };
    },

    async *readPayroll({ payPeriodId }) {
      const period = parseId<PayPeriodId>(payPeriodId, "payPeriodId");
      await periods.mustExist(period);
      for await (const content of files.parts(period)) yield { content };
    },

    async listPayLines(request, context) {
      const wanted = toLinesWanted(request, callerOf(context));
      if (wanted.period) await periods.mustExist(wanted.period);
      const { items, next } = await lines.list(wanted);
      return { lines: items.map(toPayLine), page: { next } };
    },

    async explainPayLine({ lineId }, context) {
      const caller = callerOf(context);
      const explained = await lines.explain(parseId<PayrollLineId>(lineId, "lineId"));
      if (!isOwn(caller, explained)) mayInDepot(caller, viewers, explained.line.depot);
      const correctedBy = explained.correctedBy.filter(
        (later) => isOwn(caller, later) || hasInDepot(caller, viewers, later.line.depot),
      );
      return toExplanation({ ...explained, correctedBy });
    },
  };
};

const toPeriodAndVersion = (said: { payPeriodId: string; expectedVersion: number }): AcknowledgePayrollInput => ({
  period: parseId<PayPeriodId>(said.payPeriodId, "payPeriodId"),
  expected: parseVersion(said.expectedVersion, "expectedVersion"),
});

/** What drivers see of their own pay. */
const isOwn = (caller: Caller, { line, state }: LineInPeriod): boolean =>
  isSelf(caller, line.driver) && handedOver.includes(state);

/** A driver's own lines, or those of the depots that the caller may look into. Refused with `caller.others`. */
const toLinesWanted = ({ payPeriodId, employeeId, page }: ListPayLinesRequest, caller: Caller): LinesWanted => {
  const employee = employeeId === "" ? null : parseId<EmployeeId>(employeeId, "employeeId");
  const own = employee !== null && isSelf(caller, employee);
  const depots = own ? null : depotsOf(caller, viewers);
  if (depots?.length === 0) throw denied("caller.others", "You may see your own pay only.");
  return {
    period: payPeriodId === "" ? null : parseId<PayPeriodId>(payPeriodId, "payPeriodId"),
    employee,
    depots,
    states: own ? handedOver : payPeriodStates,
    page: parsePage(page, ["text", "date", "text", "uuid"]),
  };
};

const stateWords = wordsOf<PayPeriodState, ProtoState>({
  open: ProtoState.OPEN,
  frozen: ProtoState.FROZEN,
  calculated: ProtoState.CALCULATED,
  exported: ProtoState.EXPORTED,
  closed: ProtoState.CLOSED,
});

const toPayPeriod = ({ period, lines, baseMinutes, amounts }: SummedPeriod) => ({
  id: period.id,
  firstDay: period.from.toString(),
  lastDay: period.to.toString(),
  state: stateWords.toProto(period.state),
  waitingFor: period.waitingFor,
  lines,
  baseMinutes: BigInt(baseMinutes),
  amountMinor: Object.fromEntries(Object.entries(amounts).map(([currency, minor]) => [currency, BigInt(minor)])),
  batchId: period.batch ?? "",
  version: period.version,
});

const toPayLine = (line: PayrollLine) => ({
  lineId: line.id,
  employeeId: line.driver,
  employeeNo: line.employeeNumber,
  workDate: line.date.toString(),
  payCode: line.code,
  minutes: line.minutes,
  factorThousandths: line.factor,
  rateMinor: BigInt(line.hourly),
  amountMinor: BigInt(line.amount),
  currency: line.currency,
  costCentre: line.costCentre,
  dutyId: line.duty ?? "",
  ruleId: line.rule,
  ruleVersion: line.ruleVersion,
  sentence: line.kind === "reversal" ? `Taken back: ${line.sentence}` : line.sentence,
  correctsLineId: line.corrects ?? "",
});

const toExplanation = ({ line, period, correctedBy }: ExplainedLine) => ({
  line: toPayLine(line),
  payPeriodId: period,
  intervals: line.intervals.map(({ starts, ends }) => ({ starts: toTimestamp(starts), ends: toTimestamp(ends) })),
  dayRevision: line.revision,
  correctedBy: correctedBy.map((later) => toPayLine(later.line)),
});
