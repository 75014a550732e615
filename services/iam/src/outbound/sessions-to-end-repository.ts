import type { UserId, Version } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { execute, rows } from "@headway/postgres/transaction";
import type { SessionId, SessionsToEnd } from "../model/session.ts";

/** Sessions that must end, from the change that ends them until they are ended and told of. */
export const sessionsToEndRepository = {
  /** A later change of the same user ends what an earlier one has left, too. */
  async note(tx: Tx, { user, before, spared }: SessionsToEnd): Promise<void> {
    await execute(
      tx,
      `insert into sessions_to_end (user_id, before_version, spared) values ($1, $2, $3)
       on conflict (user_id) do update set before_version = excluded.before_version, spared = excluded.spared`,
      [user, before, spared],
    );
  },

  /** Keeps which sessions these are, beside those that were named before: once they have ended, nothing else knows them. False where the note is gone, or a later change has taken its place. */
  async name(tx: Tx, { user, before }: SessionsToEnd, sessions: readonly SessionId[]): Promise<boolean> {
    const noted = await execute(
      tx,
      `update sessions_to_end set named = array(select distinct unnest(named || $3::uuid[]))
       where user_id = $1 and before_version = $2`,
      [user, before, sessions],
    );
    return noted > 0;
  },

  /** Takes the note away; answers the named ones. Of several at once only one hears of them. */
  async settle(tx: Tx, { user, before }: SessionsToEnd): Promise<readonly SessionId[]> {
    const [settled] = await rows<{ named: SessionId[] }>(
      tx,
      "delete from sessions_to_end where user_id = $1 and before_version = $2 returning named",
      [user, before],
    );
    return settled?.named ?? [];
  },
};

export const sessionsToEndQueries = ({ rows }: Database) => ({
  left: (): Promise<readonly SessionsToEnd[]> =>
    rows<{ user: UserId; before: Version; spared: string | null }>(
      `select user_id as "user", before_version as "before", spared from sessions_to_end order by user_id`,
    ),
});
