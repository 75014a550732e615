import {
  NoticeKind,
  type Notice as ProtoNotice,
} from "@headway/contracts/gen/headway/notification/v1/inbox_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/mobile";
import { wordsOf } from "@headway/contracts/words";
import { employeeOf } from "@headway/service/caller";
import { made, ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { answered, toAbsence, toProtoWhy } from "./absences.ts";
import { toPayLines, toReasons } from "./pay.ts";
import { toWorkedDay } from "./pay-rules.ts";
import { answeredSwap, toSwaps } from "./swaps.ts";
import { isoOf, isoOrNull, listed, orNull, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const myAbsences = handlersOf<paths, Context>()({
  "GET /me/absences": async ({ query, caller, calls, names }) => {
    const { absences, page } = await calls.absences.listAbsences({
      employeeId: employeeOf(caller),
      firstDay: query.firstDay,
      lastDay: query.lastDay,
      page: pageOf(query),
    });
    const named = await names(absences.map(({ employeeId }) => employeeId));
    return ok(
      listed(
        absences.map((absence) => toAbsence(absence, named)),
        page,
      ),
    );
  },
  "POST /me/absences": async ({ body, caller, calls, names }) => {
    const asked = { ...body, ...toProtoWhy(body), employeeId: employeeOf(caller) };
    const { absence } = await calls.absences.requestAbsence(asked);
    return made(...(await answered(absence, names)));
  },
  "POST /me/absences/{absenceId}/cancel": async ({ path, ifMatch, calls, names }) => {
    const { absence } = await calls.absences.cancelAbsence({ ...path, expectedVersion: ifMatch });
    return ok(...(await answered(absence, names)));
  },
});

export const mySwaps = handlersOf<paths, Context>()({
  "GET /me/swaps": async ({ query, calls, names }) => {
    const { swaps, page } = await calls.swaps.listSwaps({ waiting: query.waiting ?? false, page: pageOf(query) });
    return ok(listed(await toSwaps(swaps, names), page));
  },
  "POST /me/swaps": async ({ body, calls, names }) => {
    const { swap } = await calls.swaps.requestSwap(body);
    return made(...(await answeredSwap(swap, names)));
  },
  "POST /me/swaps/{swapId}/accept": async ({ path, ifMatch, calls, names }) => {
    const { swap } = await calls.swaps.acceptSwap({ ...path, expectedVersion: ifMatch });
    return ok(...(await answeredSwap(swap, names)));
  },
  "POST /me/swaps/{swapId}/decline": async ({ path, ifMatch, calls, names }) => {
    const { swap } = await calls.swaps.declineSwap({ ...path, expectedVersion: ifMatch });
    return ok(...(await answeredSwap(swap, names)));
  },
  "POST /me/swaps/{swapId}/cancel": async ({ path, ifMatch, calls, names }) => {
    const { swap } = await calls.swaps.cancelSwap({ ...path, expectedVersion: ifMatch });
    return ok(...(await answeredSwap(swap, names)));
  },
});

export const myInbox = handlersOf<paths, Context>()({
  "GET /me/notices": async ({ query, calls }) => {
    const { notices, page, waiting } = await calls.inbox.listNotices({
      waiting: query.waiting ?? false,
      page: pageOf(query),
    });
    return ok({ ...listed(notices.map(toNotice), page), waiting });
  },
  "POST /me/notices/{noticeId}/acknowledge": async ({ path, calls }) =>
    ok(toNotice(present((await calls.inbox.acknowledgeNotice(path)).notice))),
});

export const myPay = handlersOf<paths, Context>()({
  "GET /me/worked-days": async ({ query, caller, calls }) => {
    const { days } = await calls.overtime.listWorkedDays({ driverId: employeeOf(caller), ...query });
    return ok({ items: days.map(toWorkedDay) });
  },
  "GET /me/pay-lines": async ({ query, caller, calls, names }) => {
    const { lines, page } = await calls.payPeriods.listPayLines({
      payPeriodId: query.payPeriodId ?? "",
      employeeId: employeeOf(caller),
      page: pageOf(query),
    });
    return ok(listed(await toPayLines(lines, names), page));
  },
  "GET /me/pay-lines/{lineId}": async ({ path, calls, names }) =>
    ok(await toReasons(await calls.payPeriods.explainPayLine(path), names)),
});

const kinds = wordsOf<Schemas["NoticeKind"], NoticeKind>({
  "roster-published": NoticeKind.ROSTER_PUBLISHED,
  "duty-assigned": NoticeKind.DUTY_ASSIGNED,
  "duty-released": NoticeKind.DUTY_RELEASED,
  "duty-changed": NoticeKind.DUTY_CHANGED,
  "duty-cancelled": NoticeKind.DUTY_CANCELLED,
  "swap-requested": NoticeKind.SWAP_REQUESTED,
  "swap-accepted": NoticeKind.SWAP_ACCEPTED,
  "swap-declined": NoticeKind.SWAP_DECLINED,
  "swap-approved": NoticeKind.SWAP_APPROVED,
  "swap-cancelled": NoticeKind.SWAP_CANCELLED,
  "swap-expired": NoticeKind.SWAP_EXPIRED,
});

const toNotice = (notice: ProtoNotice): Schemas["Notice"] => ({
  id: notice.id,
  kind: kinds.toWord(notice.kind),
  subjectId: notice.subjectId,
  serviceDate: orNull(notice.serviceDate),
  at: isoOf(present(notice.at)),
  acknowledgedAt: isoOrNull(notice.acknowledgedAt),
});
