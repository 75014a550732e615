import { conflict, missing } from "@headway/kernel/domain-error";
import type { Role } from "@headway/kernel/grant";
import type { DepotId, EmployeeId, UserId, Version } from "@headway/kernel/ids";
import { lostRace, mustStandAt } from "@headway/kernel/lost-race";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import { execute, rows } from "@headway/postgres/transaction";
import type { User } from "../model/user.ts";

const userSql = `
  select id, user_name, employee_id, password_hash, disabled, version,
    (select coalesce(json_agg(json_build_object('role', role, 'depots', depot_ids) order by role), '[]') from user_grant where user_id = id) as grants
  from app_user`;

export const userRepository = {
  /** Refused with `user.unknown` or `user.changed`. */
  async lock(tx: Tx, id: UserId, expected: Version): Promise<User> {
    const [record] = await rows<UserRecord>(tx, `${userSql} where id = $1 for update`, [id]);
    if (!record) throw missing("user.unknown", "There is no such user.");
    mustStandAt(expected, "user", record);
    return toModel(record);
  },

  async ofEmployee(tx: Tx, employee: EmployeeId): Promise<User | null> {
    const [record] = await rows<UserRecord>(tx, `${userSql} where employee_id = $1 for update`, [employee]);
    return record ? toModel(record) : null;
  },

  isNameTaken: async (tx: Tx, name: string): Promise<boolean> =>
    (await rows(tx, "select 1 from app_user where lower(user_name) = lower($1)", [name])).length > 0,

  /** Refused with `user.name-taken` or `user.employee-taken`. */
  async add(tx: Tx, user: User): Promise<void> {
    await execute(
      tx,
      "insert into app_user (id, user_name, employee_id, password_hash, disabled, version) values ($1, $2, $3, $4, $5, $6)",
      [user.id, user.name, user.employee, user.passwordHash, user.disabled, user.version],
    ).catch(
      onViolation({
        app_user_name_taken: () =>
          conflict("user.name-taken", `There is a user ${user.name} already.`, { field: "userName" }),
        app_user_employee_taken: () =>
          conflict("user.employee-taken", "This employee has a user already.", { field: "employeeId" }),
      }),
    );
    await saveGrants(tx, user);
  },

  async save(tx: Tx, user: User): Promise<void> {
    const saved = await execute(
      tx,
      "update app_user set password_hash = $2, disabled = $3, version = $4 where id = $1 and version = $4 - 1",
      [user.id, user.passwordHash, user.disabled, user.version],
    );
    if (saved === 0) throw lostRace("user");
    await saveGrants(tx, user);
  },
};

export const userQueries = ({ rows }: Database) => ({
  async byName(name: string): Promise<User | null> {
    const [record] = await rows<UserRecord>(`${userSql} where lower(user_name) = lower($1)`, [name]);
    return record ? toModel(record) : null;
  },

  /** Refused with `user.unknown`. */
  async get(id: UserId): Promise<User> {
    const [record] = await rows<UserRecord>(`${userSql} where id = $1`, [id]);
    if (!record) throw missing("user.unknown", "There is no such user.");
    return toModel(record);
  },

  /** By name. */
  async list({ size, after }: PageWanted): Promise<Page<User>> {
    const records = await rows<UserRecord>(
      `${userSql} where ($1::text is null or lower(user_name) > lower($1)) order by lower(user_name) limit $2`,
      [after?.[0] ?? null, size + 1],
    );
    return toPage(records.map(toModel), size, ({ name }) => [name]);
  },
});

const saveGrants = async (tx: Tx, { id, grants }: User): Promise<void> => {
  await execute(tx, "delete from user_grant where user_id = $1", [id]);
  for (const { role, depots } of grants)
    await execute(tx, "insert into user_grant (user_id, role, depot_ids) values ($1, $2, $3)", [id, role, depots]);
};

type UserRecord = {
  id: UserId;
  user_name: string;
  employee_id: EmployeeId | null;
  password_hash: string | null;
  disabled: boolean;
  version: Version;
  grants: { role: Role; depots: DepotId[] | null }[];
};

const toModel = ({ id, user_name, employee_id, password_hash, disabled, version, grants }: UserRecord): User => ({
  id,
  name: user_name,
  employee: employee_id,
  passwordHash: password_hash,
  disabled,
  grants,
  version,
});
