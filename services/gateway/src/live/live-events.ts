import { iamTopic } from "@headway/contracts/topics";
import type { Bus, BusMessage } from "@headway/messaging/bus";
import { typeOf } from "@headway/messaging/consumer";
import type { Person } from "@headway/service/caller";
import type { Logger } from "@headway/service/log";
import type { Hub } from "./hub.ts";
import { readerOf, viewers } from "./live-topics.ts";

export type LiveEventsNeeds = {
  readonly bus: Bus;
  readonly hub: Pick<Hub, "tell" | "endWhere">;
  /** Somebody is not who they were: what is remembered of callers is worth nothing. */
  readonly forgetCallers: () => void;
  readonly log: Logger;
};

/**
 * Hears every event from now on and tells it to those who listen. Each gateway is a group of its own, so that each hears
 * all; nothing is kept, and what a screen misses it fetches.
 */
export const hearLive = ({ bus, hub, forgetCallers, log }: LiveEventsNeeds): Promise<void> =>
  bus.subscribe({
    group: `gateway.live.${crypto.randomUUID()}`,
    topics: [...viewers.keys()],
    from: "latest",
    async onBatch(batch) {
      for (const message of batch) {
        try {
          endWhoChanged(message, hub, forgetCallers);
          const view = viewers.get(message.topic)?.(message);
          if (view) hub.tell({ type: typeOf(message), at: message.headers.ce_time ?? "", view });
        } catch (error) {
          // One message that cannot be read must not hold back the others.
          log.warn({ event: "live.unreadable", type: typeOf(message), error: String(error) });
        }
      }
    },
  });

const endWhoChanged = (message: BusMessage, hub: Pick<Hub, "endWhere">, forgetCallers: () => void): void => {
  const isMeant = message.topic === iamTopic.name ? whoChanged(message) : null;
  if (!isMeant) return;
  forgetCallers();
  hub.endWhere(isMeant);
};

type WhoChanged = (person: Person) => boolean;

const isUser =
  ({ userId }: { readonly userId: string }): WhoChanged =>
  ({ user }) =>
    user === userId;

const nobody = () => null;

/** Whose connections end at which event of iam. */
const whoChanged = readerOf<typeof iamTopic, WhoChanged>(iamTopic, {
  SessionRevoked:
    ({ sessionId }) =>
    ({ session }) =>
      session === sessionId,
  UserDisabled: isUser,
  RoleGranted: isUser,
  RoleRevoked: isUser,
  // A machine has no live connection, but its key is remembered.
  ServiceAccountRevoked: () => () => false,
  UserCreated: nobody,
  ServiceAccountCreated: nobody,
});
