import type { notificationTopic } from "@headway/contracts/topics";
import type { Fact } from "../compare.ts";
import { known, type Told } from "../told.ts";

/** What notification's log comes to. */
export const foldNotification = () => {
  const notices = new Map<string, Fact>();

  const hear = ({ type, event: { noticeId, employeeId: employee } }: Told<typeof notificationTopic>): void => {
    if (type === "NoticeAcknowledged") known(notices, noticeId);
    notices.set(noticeId, { employee, acknowledged: type === "NoticeAcknowledged" });
  };

  return { hear, notices };
};
