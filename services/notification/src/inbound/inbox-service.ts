import type { ServiceImpl } from "@connectrpc/connect";
import {
  type InboxService,
  NoticeKind as ProtoKind,
} from "@headway/contracts/gen/headway/notification/v1/inbox_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Clock } from "@headway/kernel/clock";
import { parseId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { parsePage } from "@headway/postgres/keyset";
import { callerOf, employeeOf } from "@headway/service/caller";
import type { Notice, NoticeId, NoticeKind } from "../model/notice.ts";
import type { noticeQueries } from "../outbound/notice-repository.ts";
import type { AcknowledgeNoticeInput } from "../usecases/acknowledge-notice.ts";

export type InboxServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly notices: ReturnType<typeof noticeQueries>;
  readonly acknowledgeNotice: Command<AcknowledgeNoticeInput, Notice>;
};

export const inboxService = ({
  inTx,
  clock,
  notices,
  acknowledgeNotice,
}: InboxServiceNeeds): ServiceImpl<typeof InboxService> => ({
  async listNotices({ waiting, page }, context) {
    const employee = employeeOf(callerOf(context));
    const [{ items, next }, count] = await Promise.all([
      notices.list({ employee, waiting, page: parsePage(page, ["instant", "uuid"]) }),
      notices.countWaiting(employee),
    ]);
    return { notices: items.map(toNotice), page: { next }, waiting: count };
  },

  async acknowledgeNotice({ noticeId }, context) {
    const employee = employeeOf(callerOf(context));
    const notice = parseId<NoticeId>(noticeId, "noticeId");
    return { notice: toNotice(await inTx((tx) => acknowledgeNotice(tx, { notice, employee, now: clock.now() }))) };
  },
});

const kinds = wordsOf<NoticeKind, ProtoKind>({
  "roster-published": ProtoKind.ROSTER_PUBLISHED,
  "duty-assigned": ProtoKind.DUTY_ASSIGNED,
  "duty-released": ProtoKind.DUTY_RELEASED,
  "duty-changed": ProtoKind.DUTY_CHANGED,
  "duty-cancelled": ProtoKind.DUTY_CANCELLED,
  "swap-requested": ProtoKind.SWAP_REQUESTED,
  "swap-accepted": ProtoKind.SWAP_ACCEPTED,
  "swap-declined": ProtoKind.SWAP_DECLINED,
  "swap-approved": ProtoKind.SWAP_APPROVED,
  "swap-cancelled": ProtoKind.SWAP_CANCELLED,
  "swap-expired": ProtoKind.SWAP_EXPIRED,
});

const toNotice = ({ id, kind, subject, serviceDate, at, acknowledgedAt }: Notice) => ({
  id,
  kind: kinds.toProto(kind),
  subjectId: subject,
  serviceDate: serviceDate?.toString() ?? "",
  at: toTimestamp(at),
  ...(acknowledgedAt ? { acknowledgedAt: toTimestamp(acknowledgedAt) } : {}),
});
