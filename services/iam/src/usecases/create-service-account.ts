import type { Grant } from "@headway/kernel/grant";
import { newId } from "@headway/kernel/ids";
import { requireText } from "@headway/kernel/reading";
import type { Command, Tx } from "@headway/kernel/tx";
import type { IamEvent, ServiceAccountId } from "../model/iam-event.ts";

export type CreateServiceAccountInput = {
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly keyHash: Uint8Array;
};

export type CreateServiceAccountNeeds = {
  readonly accounts: {
    add(tx: Tx, account: CreateServiceAccountInput & { readonly id: ServiceAccountId }): Promise<void>;
  };
  readonly events: { record(tx: Tx, events: readonly IamEvent[]): Promise<void> };
};

/** A machine can call from now on. Refused with `service-account.name-taken`. */
export const createServiceAccount =
  ({ accounts, events }: CreateServiceAccountNeeds): Command<CreateServiceAccountInput, ServiceAccountId> =>
  async (tx, input) => {
    const id = newId<ServiceAccountId>();
    await accounts.add(tx, { ...input, name: requireText(input.name, "name"), id });
    await events.record(tx, [{ type: "ServiceAccountCreated", account: id }]);
    return id;
  };
