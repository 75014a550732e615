import type { accountingTopic } from "@headway/contracts/topics";
import type { Fact } from "../compare.ts";
import { known, type Told } from "../told.ts";

/** What accounting's log comes to: the periods, what their calculation came to, and the files that were handed over. */
export const foldAccounting = () => {
  const periods = new Map<string, Fact>();
  /** Periods that a closing has at least begun with. */
  const frozen = new Set<string>();
  const calculated = new Map<string, Fact>();
  const exported = new Map<string, Fact>();

  const move = ({ aggregate, version, event }: Told<typeof accountingTopic>, state: string): void =>
    void periods.set(aggregate, { ...known(periods, aggregate), id: event.payPeriodId, state, version });

  const hear = (told: Told<typeof accountingTopic>): void => {
    const { aggregate, version } = told;
    switch (told.type) {
      case "PayPeriodOpened": {
        const { payPeriodId: id, firstDay, lastDay } = told.event;
        periods.set(aggregate, { id, first_day: firstDay, last_day: lastDay, state: "open", version });
        break;
      }
      case "PayPeriodFrozen":
        frozen.add(aggregate);
        move(told, "frozen");
        break;
      case "PayPeriodThawed":
        calculated.delete(aggregate);
        move(told, "open");
        break;
      case "PayrollCalculated":
        calculated.set(aggregate, { lines: told.event.lines, base_minutes: Number(told.event.baseMinutes) });
        move(told, "calculated");
        break;
      case "PayrollExported": {
        const { lines, sha256, batchId: batch } = told.event;
        exported.set(aggregate, { lines, sha256, batch });
        move(told, "exported");
        break;
      }
      case "PayPeriodClosed":
        move(told, "closed");
        break;
    }
  };

  return { hear, periods, frozen, calculated, exported };
};
