import type { Instant } from "@headway/kernel/clock";
import type { EmployeeId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import { acknowledge, type Notice, type NoticeId } from "../model/notice.ts";
import type { NotificationEvent } from "../model/notification-event.ts";

export type AcknowledgeNoticeInput = {
  readonly notice: NoticeId;
  readonly employee: EmployeeId;
  readonly now: Instant;
};

export type AcknowledgeNoticeNeeds = {
  readonly notices: {
    lock(tx: Tx, id: NoticeId, employee: EmployeeId): Promise<Notice>;
    save(tx: Tx, notice: Notice): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly NotificationEvent[]): Promise<void> };
};

/** A person has seen a notice; again changes nothing. Refused with `notice.unknown`, also for another person's. */
export const acknowledgeNotice =
  ({ notices, events }: AcknowledgeNoticeNeeds): Command<AcknowledgeNoticeInput, Notice> =>
  async (tx, { notice: id, employee, now }) => {
    const before = await notices.lock(tx, id, employee);
    const notice = acknowledge(before, now);
    if (notice === before) return before;
    await notices.save(tx, notice);
    await events.record(tx, [{ type: "NoticeAcknowledged", notice }]);
    return notice;
  };
