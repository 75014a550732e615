import type { Notice } from "./notice.ts";

/** Everything that notification tells. */
export type NotificationEvent = {
  readonly type: "NoticeDelivered" | "NoticeAcknowledged";
  readonly notice: Notice;
};
