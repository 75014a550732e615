import type { Databases } from "../../audit/databases.ts";
import { order, periodOf } from "./pay-period.ts";
import type { Ending, Story } from "./story.ts";
import { oneRow } from "./story.ts";

const accounting = { service: "accounting" } as const;

/** A closing comes upon work that nobody can pay: it takes the period back to open by itself, and says why. */
export const stumblingStory: Story = {
  name: "close a pay period that cannot be paid",
  boundaries: [
    { ...accounting, table: "closing", change: "delete", when: "true" },
    { ...accounting, table: "pay_period", change: "update", when: "new.state = 'open' and old.state <> 'open'" },
    { ...accounting, table: "event_log", change: "insert", when: "new.type = 'PayPeriodThawed'" },
  ],
  async begin({ line, workedWeeks }, place) {
    const { unpayable } = await workedWeeks();
    const period = await periodOf(line, unpayable);
    return { order: () => order(line, "close", period), ending: (db) => endingOf(db, period.id, place + 1) };
  },
};

type Seen = { state: string; why: string; closing: boolean; left: number; frozen: number; thawed: number };

/** Completed is here that the period is open again after so many closings, each of which was undone once. */
const endingOf = async (db: Databases, period: string, closings: number): Promise<Ending> => {
  const found = await oneRow(
    db.rows<Seen>(
      "accounting",
      `select state, waiting_for as why, exists (select from closing where pay_period_id = $1) as closing,
         (select count(*) from pay_line where pay_period_id = $1)
           + (select count(*) from worked_day where settled_in = $1) as left,
         (select count(*) from event_log where aggregate_id = $1::text and type = 'PayPeriodFrozen') as frozen,
         (select count(*) from event_log where aggregate_id = $1::text and type = 'PayPeriodThawed') as thawed
       from pay_period where id = $1`,
      [period],
    ),
  );
  if (!found || found.state === "frozen" || found.frozen < closings) return "under way";
  const { state, why, closing, left, frozen, thawed } = found;
  const isUndone = state === "open" && why !== "" && !closing && left === 0;
  return isUndone && frozen === closings && thawed === closings ? "completed" : "both";
};
