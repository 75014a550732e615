import {
  type ExplainPayLineResponse,
  PayPeriodState,
  type PayLine as ProtoPayLine,
  type PayPeriod as ProtoPayPeriod,
} from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { wordsOf } from "@headway/contracts/words";
import { made, ok, taken } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { type Bytes, handlersOf } from "../inbound/handlers.ts";
import type { Names } from "../outbound/names.ts";
import { nameOf } from "./drivers.ts";
import { isoOf, listed, orNull, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const pay = handlersOf<paths, Context>()({
  "GET /pay-periods": async ({ query, calls }) => {
    const { payPeriods, page } = await calls.payPeriods.listPayPeriods({ page: pageOf(query) });
    return ok(listed(payPeriods.map(toPayPeriod), page));
  },
  "POST /pay-periods": async ({ body, calls }) => {
    const period = toPayPeriod(present((await calls.payPeriods.openPayPeriod(body)).payPeriod));
    return made(period, { version: period.version, location: `/pay-periods/${period.id}` });
  },
  "GET /pay-periods/{payPeriodId}": async ({ path, calls }) => {
    const period = toPayPeriod(present((await calls.payPeriods.getPayPeriod(path)).payPeriod));
    return ok(period, { version: period.version });
  },
  "POST /pay-periods/{payPeriodId}/close": async ({ path, ifMatch, calls }) => {
    const { payPeriod } = await calls.payPeriods.closePayPeriod({ ...path, expectedVersion: ifMatch });
    return taken(toPayPeriod(present(payPeriod)), { version: present(payPeriod).version });
  },
  "POST /pay-periods/{payPeriodId}/reopen": async ({ path, ifMatch, calls }) => {
    const { payPeriod } = await calls.payPeriods.reopenPayPeriod({ ...path, expectedVersion: ifMatch });
    return ok(toPayPeriod(present(payPeriod)), { version: present(payPeriod).version });
  },
  "POST /pay-periods/{payPeriodId}/acknowledge": async ({ path, ifMatch, calls }) => {
    const { payPeriod } = await calls.payPeriods.acknowledgePayroll({ ...path, expectedVersion: ifMatch });
    return ok(toPayPeriod(present(payPeriod)), { version: present(payPeriod).version });
  },
  "GET /pay-periods/{payPeriodId}/lines": async ({ path, query, calls, names }) => {
    const { lines, page } = await calls.payPeriods.listPayLines({
      ...path,
      employeeId: query.employeeId ?? "",
      page: pageOf(query),
    });
    return ok(listed(await toPayLines(lines, names), page));
  },
  "GET /pay-lines/{lineId}": async ({ path, calls, names }) =>
    ok(await toReasons(await calls.payPeriods.explainPayLine(path), names)),
  "GET /pay-periods/{payPeriodId}/payroll": async ({ path, calls }) => {
    const file = await begun(calls.payPeriods.readPayroll(path));
    return ok(file, {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="payroll-${path.payPeriodId}.csv"`,
      },
    });
  },
});

// Until the first part is there the call may still be refused, and it is made in the caller's name only now.
const begun = async (parts: AsyncIterable<{ content: Uint8Array }>): Promise<Bytes> => {
  const reader = parts[Symbol.asyncIterator]();
  let part = await reader.next();
  return (async function* () {
    for (; !part.done; part = await reader.next()) yield part.value.content;
  })();
};

const states = wordsOf<Schemas["PayPeriodState"], PayPeriodState>({
  open: PayPeriodState.OPEN,
  frozen: PayPeriodState.FROZEN,
  calculated: PayPeriodState.CALCULATED,
  exported: PayPeriodState.EXPORTED,
  closed: PayPeriodState.CLOSED,
});

const toPayPeriod = (period: ProtoPayPeriod): Schemas["PayPeriod"] => ({
  id: period.id,
  firstDay: period.firstDay,
  lastDay: period.lastDay,
  state: states.toWord(period.state),
  waitingFor: orNull(period.waitingFor),
  lines: period.lines,
  baseMinutes: Number(period.baseMinutes),
  amountMinor: Object.fromEntries(
    Object.entries(period.amountMinor).map(([currency, amount]) => [currency, Number(amount)]),
  ),
  batchId: orNull(period.batchId),
  version: period.version,
});

export const toPayLines = async (lines: readonly ProtoPayLine[], names: Names): Promise<Schemas["PayLine"][]> => {
  const named = await names(lines.map(({ employeeId }) => employeeId));
  return lines.map((line) => ({
    lineId: line.lineId,
    employeeId: line.employeeId,
    employeeNumber: line.employeeNo,
    employeeName: nameOf(line.employeeId, named),
    workDate: line.workDate,
    payCode: line.payCode,
    minutes: line.minutes,
    factorThousandths: line.factorThousandths,
    rateMinor: Number(line.rateMinor),
    amountMinor: Number(line.amountMinor),
    currency: line.currency,
    costCentre: orNull(line.costCentre),
    dutyId: orNull(line.dutyId),
    ruleId: line.ruleId,
    ruleVersion: line.ruleVersion,
    sentence: line.sentence,
    correctsLineId: orNull(line.correctsLineId),
  }));
};

export const toReasons = async (
  { line, payPeriodId, intervals, dayRevision, correctedBy }: ExplainPayLineResponse,
  names: Names,
): Promise<Schemas["PayLineReasons"]> => {
  const [explained, ...corrections] = await toPayLines([present(line), ...correctedBy], names);
  return {
    line: present(explained),
    payPeriodId,
    intervals: intervals.map(({ starts, ends }) => ({ starts: isoOf(present(starts)), ends: isoOf(present(ends)) })),
    dayRevision,
    correctedBy: corrections,
  };
};
