import type { Instant } from "@headway/kernel/clock";
import { type DepotId, newId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import { unheard } from "@headway/kernel/unheard";
import { instantOrNull } from "@headway/postgres/instants";
import { execute, rows } from "@headway/postgres/transaction";
import type { DayId } from "../model/events.ts";
import type { Windows } from "../model/windows.ts";
import { toWindows, type WindowsRecord, windowColumns } from "./duty-record.ts";

export type Day = { readonly id: DayId; readonly activatedAt: Instant | null };

export const dayRepository = {
  /**
   * Holds the day until the transaction ends, whether it is activated or not. Activation and news of its duties hold
   * it both, so that neither misses the other.
   */
  async hold(tx: Tx, depot: DepotId, date: PlainDate): Promise<Day> {
    const key = [depot, date.toString()];
    const held = "select id, activated_at from day where depot_id = $1 and service_date = $2 for update";
    const [known] = await rows<DayRecord>(tx, held, key);
    if (known) return toModel(known);
    await execute(tx, "insert into day (depot_id, service_date, id) values ($1, $2, $3) on conflict do nothing", [
      ...key,
      newId<DayId>(),
    ]);
    const [added] = await rows<DayRecord>(tx, held, key);
    if (!added) throw new Error("A day went away while it was added.");
    return toModel(added);
  },

  async activate(tx: Tx, id: DayId, at: Instant): Promise<void> {
    await execute(tx, "update day set activated_at = $2 where id = $1", [id, at.toString()]);
  },

  /** Refused with `depot.unknown`. */
  async windowsOf(tx: Tx, depot: DepotId): Promise<Windows> {
    const [record] = await rows<WindowsRecord>(tx, `select ${windowColumns} from depot where id = $1`, [depot]);
    if (!record) throw unheard("depot");
    return toWindows(record);
  },
};

type DayRecord = { id: DayId; activated_at: string | null };

const toModel = ({ id, activated_at }: DayRecord): Day => ({ id, activatedAt: instantOrNull(activated_at) });
