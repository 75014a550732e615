import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { Database } from "@headway/postgres/database";
import { type Page, type PageWanted, toPage } from "@headway/postgres/keyset";
import { type Swap, waiting as waitingStates } from "../model/swap.ts";
import { type SwapRecord, swapColumns, toSwap } from "./swap-repository.ts";

export type SwapsWanted = {
  /** Null means all. */
  readonly depots: readonly DepotId[] | null;
  /** Whose own swaps are wanted, wherever they are. */
  readonly driver: DriverId | null;
  readonly waiting: boolean;
  readonly page: PageWanted;
};

export const swapQueries = (db: Database) => ({
  /** Newest first. */
  async list({ depots, driver, waiting, page }: SwapsWanted): Promise<Page<Swap>> {
    const [at, id] = page.after ?? [null, null];
    const records = await db.rows<SwapRecord>(
      `select ${swapColumns} from swap
       where ($1::uuid[] is null or depot_id = any($1) or $2::uuid in (requested_by, requested_of))
         and (not $3 or state = any($4)) and ($5::timestamptz is null or (requested_at, id) < ($5, $6::uuid))
       order by requested_at desc, id desc limit $7`,
      [depots, driver, waiting, waitingStates, at, id, page.size + 1],
    );
    return toPage(records.map(toSwap), page.size, ({ requestedAt, id }) => [requestedAt.toString(), id]);
  },
});
