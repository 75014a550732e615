import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent, ServiceAccountId } from "../model/iam-event.ts";

export type RevokeServiceAccountInput = { readonly account: ServiceAccountId };

export type RevokeServiceAccountNeeds = {
  readonly accounts: { revoke(tx: Tx, id: ServiceAccountId): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** A machine's key is worth nothing from now on. Refused with `service-account.unknown`. */
export const revokeServiceAccount =
  ({ accounts, events }: RevokeServiceAccountNeeds): Command<RevokeServiceAccountInput, void> =>
  async (tx, { account }) => {
    await accounts.revoke(tx, account);
    await events.record(tx, [{ type: "ServiceAccountRevoked", account }]);
  };
