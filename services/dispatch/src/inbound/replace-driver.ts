import type { ServiceImpl } from "@connectrpc/connect";
import type { DayService } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import type { Clock } from "@headway/kernel/clock";
import { conflict, DomainError, unavailable } from "@headway/kernel/domain-error";
import { type DriverId, type DutyId, newId, parseId, parseVersion } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { callerOf, mayInDepot, type Role } from "@headway/service/caller";
import type { Replacement, ReplacementId } from "../model/replacement.ts";
import type { dayQueries } from "../outbound/day-queries.ts";
import type { schedulingClient } from "../outbound/scheduling-client.ts";
import type { WantReplacementInput } from "../usecases/want-replacement.ts";
import { toDayDuty } from "./day-duty.ts";
import { readNote } from "./reading.ts";

export type ReplaceDriverNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly days: Pick<ReturnType<typeof dayQueries>, "get">;
  readonly roster: Pick<ReturnType<typeof schedulingClient>, "candidates">;
  readonly wantReplacement: Command<WantReplacementInput, Replacement>;
  readonly pursueReplacement: (id: ReplacementId) => Promise<Replacement>;
};

const dispatchers: readonly Role[] = ["dispatcher", "admin"];

/** Asks scheduling for the candidates, writes the pick down, and pursues it until the roster has it. */
export const replaceDriver =
  (needs: ReplaceDriverNeeds): ServiceImpl<typeof DayService>["replaceDriver"] =>
  async (request, context) => {
    const { inTx, clock, days, roster, wantReplacement, pursueReplacement } = needs;
    const { id: duty, depot } = await days.get(parseId<DutyId>(request.dutyId, "dutyId"));
    mayInDepot(callerOf(context), dispatchers, depot);
    const expected = parseVersion(request.expectedVersion, "expectedVersion");
    const wish = {
      id: newId<ReplacementId>(),
      driver: request.driverId === "" ? null : parseId<DriverId>(request.driverId, "driverId"),
      note: readNote(request.note),
    };
    const candidates = await roster.candidates(duty);
    const wanted = await inTx((tx) => wantReplacement(tx, { duty, expected, wish, candidates, now: clock.now() }));
    const replacement = await pursueReplacement(wanted.id).catch(toUnderWay);
    if (replacement.state === "failed") throw toRefusal(replacement);
    return {
      duty: toDayDuty(await days.get(duty)),
      driverId: replacement.picks[0] ?? "",
      leftOut: replacement.leftOut.map(({ driver, reason }) => ({ driverId: driver, reason })),
    };
  };

const toUnderWay = (error: unknown): never => {
  if (!(error instanceof DomainError) || error.kind !== "unavailable") throw error;
  throw unavailable(
    "replacement.under-way",
    "The roster does not answer. The replacement is written down and goes on as soon as it does.",
    { retryAfter: 5 },
  );
};

const toRefusal = ({ leftOut, failure }: Replacement): DomainError =>
  conflict("replacement.failed", `The roster refused everybody who was asked (${failure}).`, {
    findings: leftOut.map(({ driver, reason }) => ({ field: driver, slug: "replacement.left-out", message: reason })),
  });
