import { conflict, missing } from "@headway/kernel/domain-error";
import type { Grant } from "@headway/kernel/grant";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { execute } from "@headway/postgres/transaction";
import type { ServiceAccountId } from "../model/iam-event.ts";

export type ServiceAccount = {
  readonly id: ServiceAccountId;
  readonly name: string;
  readonly grants: readonly Grant[];
  readonly keyHash: Uint8Array;
};

export const serviceAccountRepository = {
  /** Refused with `service-account.name-taken`. */
  async add(tx: Tx, { id, name, grants, keyHash }: ServiceAccount): Promise<void> {
    await execute(tx, "insert into service_account (id, name, key_hash, grants) values ($1, $2, $3, $4)", [
      id,
      name,
      Buffer.from(keyHash),
      JSON.stringify(grants),
    ]).catch(
      onViolation({
        service_account_name_taken: () =>
          conflict("service-account.name-taken", `There is a service account ${name} already.`, { field: "name" }),
      }),
    );
  },

  /** Refused with `service-account.unknown`. */
  async revoke(tx: Tx, id: ServiceAccountId): Promise<void> {
    const revoked = await execute(tx, "update service_account set revoked = true where id = $1 and not revoked", [id]);
    if (revoked === 0)
      throw missing("service-account.unknown", "There is no such service account, or its key is revoked already.");
  },
};

export const serviceAccountQueries = ({ rows }: Database) => ({
  async byKeyHash(keyHash: Uint8Array): Promise<Pick<ServiceAccount, "id" | "grants"> | null> {
    const [record] = await rows<{ id: ServiceAccountId; grants: Grant[] }>(
      "select id, grants from service_account where key_hash = $1 and not revoked",
      [Buffer.from(keyHash)],
    );
    return record ?? null;
  },
});
