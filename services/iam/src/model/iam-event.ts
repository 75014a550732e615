import type { Id, UserId } from "@headway/kernel/ids";
import type { SessionId } from "./session.ts";
import type { UserEvent } from "./user.ts";

export type ServiceAccountId = Id<"ServiceAccount">;

/** Everything that iam tells. */
export type IamEvent =
  | UserEvent
  | { readonly type: "SessionRevoked"; readonly user: UserId; readonly session: SessionId }
  | { readonly type: "ServiceAccountCreated"; readonly account: ServiceAccountId }
  | { readonly type: "ServiceAccountRevoked"; readonly account: ServiceAccountId };
