import type { ServiceImpl } from "@connectrpc/connect";
import {
  BoardState as ProtoState,
  type ReportService,
} from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { toInstant, toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Clock } from "@headway/kernel/clock";
import { missing } from "@headway/kernel/domain-error";
import { type DepotId, parseId } from "@headway/kernel/ids";
import { parseDate, parseSpan } from "@headway/kernel/time";
import { parsePage } from "@headway/postgres/keyset";
import { callerOf, depotsOf, mayInDepot, type Role } from "@headway/service/caller";
import { outside } from "@headway/service/circumstances";
import type { BoardState } from "../model/board-state.ts";
import type { BoardDuty, boardQueries } from "../outbound/board-queries.ts";
import type { Epoch } from "../outbound/epoch.ts";
import type { Cell, matrixQueries } from "../outbound/matrix-queries.ts";
import type { DriverPay, payQueries } from "../outbound/pay-queries.ts";
import { cancelCauses } from "./cancel-cause.ts";

export type ReportServiceNeeds = {
  readonly clock: Clock;
  readonly board: ReturnType<typeof boardQueries>;
  readonly matrix: ReturnType<typeof matrixQueries>;
  readonly pay: ReturnType<typeof payQueries>;
  /** By asking hr. */
  readonly depots: { isKnown(depot: DepotId): Promise<boolean> };
  readonly rebuildReports: () => Promise<number>;
};

const boardViewers: readonly Role[] = ["dispatcher", "planner", "auditor", "admin"];
const matrixViewers: readonly Role[] = [...boardViewers, "hr"];
const payViewers: readonly Role[] = ["payroll", "auditor", "admin"];
/** A quarter of a year. */
const mostMatrixDays = 92;
/** A year. */
const mostPayDays = 366;

export const reportService = ({
  clock,
  board,
  matrix,
  pay,
  depots,
  rebuildReports,
}: ReportServiceNeeds): ServiceImpl<typeof ReportService> => ({
  async getDayBoard({ depotId, serviceDate }, context) {
    const depot = parseId<DepotId>(depotId, "depotId");
    const day = parseDate(serviceDate, "serviceDate");
    mayInDepot(callerOf(context), boardViewers, depot);
    const [duties, activated] = await Promise.all([board.duties(depot, day), board.isActivated(depot, day)]);
    if (duties.length === 0) await mustBeKnown(depots, depot);
    return { duties: duties.map(toBoardDuty), activated, now: toTimestamp(clock.now()) };
  },

  async getRosterMatrix({ depotId, knownAt, ...said }, context) {
    const depot = parseId<DepotId>(depotId, "depotId");
    const days = parseSpan(said, mostMatrixDays);
    mayInDepot(callerOf(context), matrixViewers, depot);
    const cells = await matrix.cells({ depot, ...days, knownAt: knownAt ? toInstant(knownAt, "knownAt") : null });
    if (cells.length === 0) await mustBeKnown(depots, depot);
    return { cells: cells.map(toCell) };
  },

  async getPaySummary({ depotId, page, ...said }, context) {
    const caller = callerOf(context);
    const depot = depotId === "" ? null : parseId<DepotId>(depotId, "depotId");
    const days = parseSpan(said, mostPayDays);
    if (depot) mayInDepot(caller, payViewers, depot);
    const { items, next } = await pay.byDriver({
      depots: depot ? [depot] : depotsOf(caller, payViewers),
      ...days,
      page: parsePage(page, ["text", "uuid"]),
    });
    return { drivers: items.map(toDriverPay), page: { next } };
  },

  async rebuildReports() {
    // It may take longer than its caller waits, and goes on without them.
    const events = await outside(rebuildReports);
    return { events: BigInt(events) };
  },
});

/** Asked where there is nothing to show: what has duties is there. Refused with `depot.unknown`. */
const mustBeKnown = async (depots: ReportServiceNeeds["depots"], depot: DepotId): Promise<void> => {
  if (!(await depots.isKnown(depot))) throw missing("depot.unknown", "There is no such depot.");
};

const stateWords = wordsOf<BoardState, ProtoState>({
  covered: ProtoState.COVERED,
  "on-duty": ProtoState.ON_DUTY,
  "on-break": ProtoState.ON_BREAK,
  late: ProtoState.LATE,
  missed: ProtoState.MISSED,
  open: ProtoState.OPEN,
  cancelled: ProtoState.CANCELLED,
  done: ProtoState.DONE,
  "needs-review": ProtoState.NEEDS_REVIEW,
});

const toBoardDuty = (duty: BoardDuty) => ({
  dutyId: duty.duty,
  runId: duty.run,
  line: duty.line,
  driverId: duty.bar.driver ?? "",
  state: stateWords.toProto(duty.bar.state),
  starts: fromEpoch(duty.starts),
  ends: fromEpoch(duty.ends),
  ...(duty.breakSince === null ? {} : { breakSince: fromEpoch(duty.breakSince) }),
  ...(duty.signedOn === null ? {} : { signedOnAt: fromEpoch(duty.signedOn) }),
  ...(duty.signedOff === null ? {} : { signedOffAt: fromEpoch(duty.signedOff) }),
  pieces: duty.pieces.map(({ block, starts, ends }) => ({
    blockId: block,
    starts: fromEpoch(starts),
    ends: fromEpoch(ends),
  })),
  missedBy: duty.missedBy ?? "",
  ...(duty.cancelCause === null ? {} : { cancelCause: cancelCauses.toProto(duty.cancelCause) }),
  changedAt: fromEpoch(duty.changedAt),
});

const toCell = ({ driver, serviceDate, duty, run, starts, ends, rosterVersion }: Cell) => ({
  driverId: driver,
  serviceDate,
  dutyId: duty,
  runId: run,
  starts: fromEpoch(starts),
  ends: fromEpoch(ends),
  rosterVersion,
});

const toDriverPay = ({ driver, workedMinutes, minutes }: DriverPay) => ({ driverId: driver, workedMinutes, minutes });

/** A Timestamp, without the detour by way of an Instant that `toTimestamp` takes. */
const fromEpoch = (milliseconds: Epoch) => {
  const seconds = Math.floor(milliseconds / 1000);
  return { seconds: BigInt(seconds), nanos: Math.round((milliseconds - seconds * 1000) * 1_000_000) };
};
