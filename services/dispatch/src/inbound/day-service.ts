import type { ServiceImpl } from "@connectrpc/connect";
import type { DayService } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import type { Clock } from "@headway/kernel/clock";
import { type DutyId, parseId, parseVersion } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { type Caller, callerOf, mayInDepot, type Role } from "@headway/service/caller";
import { isOpen } from "../model/duty.ts";
import type { dayQueries } from "../outbound/day-queries.ts";
import { cancelCauses } from "../outbound/dispatch-events.ts";
import type { schedulingClient } from "../outbound/scheduling-client.ts";
import type { ActivateDayInput } from "../usecases/activate-day.ts";
import type { CancelDutyInput } from "../usecases/cancel-duty.ts";
import type { ReactivateDutyInput } from "../usecases/reactivate-duty.ts";
import { toDayDuty } from "./day-duty.ts";
import { readDay, readNote, readWord } from "./reading.ts";
import { type ReplaceDriverNeeds, replaceDriver } from "./replace-driver.ts";

export type DayServiceNeeds = ReplaceDriverNeeds & {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly days: Pick<ReturnType<typeof dayQueries>, "get" | "list">;
  readonly roster: Pick<ReturnType<typeof schedulingClient>, "ofDay">;
  readonly activateDay: Command<ActivateDayInput, void>;
  readonly cancelDuty: Command<CancelDutyInput, void>;
  readonly reactivateDuty: Command<ReactivateDutyInput, void>;
};

const dispatchers: readonly Role[] = ["dispatcher", "admin"];
const viewers: readonly Role[] = ["dispatcher", "planner", "payroll", "auditor", "admin"];

export const dayService = (needs: DayServiceNeeds): ServiceImpl<typeof DayService> => {
  const { inTx, clock, days, roster, activateDay, cancelDuty, reactivateDuty } = needs;

  const dutyFor = async (caller: Caller, dutyId: string, roles: readonly Role[]) => {
    const duty = await days.get(parseId<DutyId>(dutyId, "dutyId"));
    mayInDepot(caller, roles, duty.depot);
    return duty;
  };

  return {
    async activateDay(request, context) {
      const { depot, serviceDate } = readDay(request, callerOf(context), dispatchers);
      const published = request.anyway ? null : await roster.ofDay(depot, serviceDate);
      await inTx((tx) => activateDay(tx, { depot, serviceDate, roster: published, now: clock.now() }));
      const duties = await days.list(depot, serviceDate);
      return { duties: duties.length, open: duties.filter(isOpen).length };
    },

    async listDay(request, context) {
      const { depot, serviceDate } = readDay(request, callerOf(context), viewers);
      return { duties: (await days.list(depot, serviceDate)).map(toDayDuty) };
    },

    async getDuty({ dutyId }, context) {
      return { duty: toDayDuty(await dutyFor(callerOf(context), dutyId, viewers)) };
    },

    replaceDriver: replaceDriver(needs),

    async cancelDuty(request, context) {
      const { id: duty } = await dutyFor(callerOf(context), request.dutyId, dispatchers);
      const expected = parseVersion(request.expectedVersion, "expectedVersion");
      const why = { cause: readWord(cancelCauses, request.cause, "cause"), note: readNote(request.note) };
      await inTx((tx) => cancelDuty(tx, { duty, expected, ...why, now: clock.now() }));
      return { duty: toDayDuty(await days.get(duty)) };
    },

    async reactivateDuty({ dutyId, expectedVersion }, context) {
      const { id: duty } = await dutyFor(callerOf(context), dutyId, dispatchers);
      const expected = parseVersion(expectedVersion, "expectedVersion");
      await inTx((tx) => reactivateDuty(tx, { duty, expected, now: clock.now() }));
      return { duty: toDayDuty(await days.get(duty)) };
    },
  };
};
