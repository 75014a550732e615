import type { Instant } from "@headway/kernel/clock";
import { type EmployeeId, firstVersion, type Id, nextVersion, type Version } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";

export type NoticeId = Id<"Notice">;

export type NoticeKind =
  | "roster-published"
  | "duty-assigned"
  | "duty-released"
  | "duty-changed"
  | "duty-cancelled"
  | "swap-requested"
  | "swap-accepted"
  | "swap-declined"
  | "swap-approved"
  | "swap-cancelled"
  | "swap-expired";

/** Something that a person must hear of. */
export type News = {
  readonly employee: EmployeeId;
  readonly kind: NoticeKind;
  /** The duty, the roster or the swap that it is about. */
  readonly subject: string;
  /** Tells two pieces of news of one kind about one subject apart; empty where there is only one. */
  readonly occasion: string;
  /** Null where it is about no single day. */
  readonly serviceDate: PlainDate | null;
  readonly at: Instant;
};

/** Which news is meant; of any occasion where that is null. */
export type NewsKey = Pick<News, "employee" | "kind" | "subject"> & { readonly occasion: string | null };

/** News that lies in a person's inbox. */
export type Notice = News & {
  readonly id: NoticeId;
  /** Null while it waits. */
  readonly acknowledgedAt: Instant | null;
  readonly version: Version;
};

export const deliver = (news: News, id: NoticeId): Notice => ({
  ...news,
  id,
  acknowledgedAt: null,
  version: firstVersion,
});

/** The person has seen it. What was seen before stays as it is. */
export const acknowledge = (notice: Notice, at: Instant): Notice =>
  notice.acknowledgedAt ? notice : { ...notice, acknowledgedAt: at, version: nextVersion(notice.version) };
