import type { ServiceImpl } from "@connectrpc/connect";
import type { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { parseId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { ServiceAccountId } from "../model/iam-event.ts";
import type { CreateServiceAccountInput } from "../usecases/create-service-account.ts";
import type { RevokeServiceAccountInput } from "../usecases/revoke-service-account.ts";
import { parseGrants } from "./grants.ts";
import { hashOf, newSecret } from "./secrets.ts";

export type ServiceAccountCallsNeeds = {
  readonly inTx: Database["inTx"];
  readonly createServiceAccount: Command<CreateServiceAccountInput, ServiceAccountId>;
  readonly revokeServiceAccount: Command<RevokeServiceAccountInput, void>;
};

/** Machines and their keys. */
export const serviceAccountCalls = ({
  inTx,
  createServiceAccount,
  revokeServiceAccount,
}: ServiceAccountCallsNeeds): Pick<
  ServiceImpl<typeof UserService>,
  "createServiceAccount" | "revokeServiceAccount"
> => ({
  async createServiceAccount({ name, grants }) {
    const key = newSecret();
    const input = { name, grants: parseGrants(grants, "grants"), keyHash: hashOf(key) };
    return { serviceAccountId: await inTx((tx) => createServiceAccount(tx, input)), key };
  },

  async revokeServiceAccount({ serviceAccountId }) {
    const account = parseId<ServiceAccountId>(serviceAccountId, "serviceAccountId");
    await inTx((tx) => revokeServiceAccount(tx, { account }));
    return {};
  },
});
