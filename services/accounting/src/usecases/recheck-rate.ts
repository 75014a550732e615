import type { EmployeeId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";

export type RecheckRateInput = { readonly driver: EmployeeId; readonly from: PlainDate };

export type RecheckRateNeeds = {
  readonly days: {
    /** Marks the driver's days from then on that are settled: the next closing takes them along. */
    markRecheck(tx: Tx, driver: EmployeeId, from: PlainDate): Promise<void>;
  };
};

/** An hour may cost something else from a day on. What was paid already is compared by the next closing; what is not settled yet is paid by the rate that hr tells then. */
export const recheckRate =
  ({ days }: RecheckRateNeeds): Command<RecheckRateInput, void> =>
  (tx, { driver, from }) =>
    days.markRecheck(tx, driver, from);
