import { toTimestamp } from "@headway/contracts/instant";
import type { Session } from "../model/session.ts";

export const toSession = ({ id, user, startedAt, lastSeenAt, endsAt }: Session) => ({
  id,
  userId: user,
  startedAt: toTimestamp(startedAt),
  lastSeenAt: toTimestamp(lastSeenAt),
  endsAt: toTimestamp(endsAt),
});
