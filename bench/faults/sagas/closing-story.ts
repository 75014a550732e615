import type { Databases } from "../../audit/databases.ts";
import { order, periodOf } from "./pay-period.ts";
import type { Ending, Story } from "./story.ts";
import { oneRow } from "./story.ts";

const accounting = { service: "accounting" } as const;

/** A pay period is closed: frozen, settled, calculated and exported, or open again as though nothing had been. */
export const closingStory: Story = {
  name: "close a pay period",
  boundaries: [
    { ...accounting, table: "closing", change: "insert", when: "true" },
    { ...accounting, table: "closing", change: "update", when: "new.step = 'calculate'" },
    {
      ...accounting,
      table: "pay_period",
      change: "update",
      when: "new.state = 'calculated' and old.state <> 'calculated'",
    },
    { ...accounting, table: "closing", change: "update", when: "new.step = 'export'" },
    { ...accounting, table: "payroll_file", change: "insert", when: "true" },
    { ...accounting, table: "closing", change: "delete", when: "true" },
  ],
  async begin({ line }, place) {
    const day = (count: number): string =>
      new Date(Date.UTC(2001, 0, 1 + place * 7 + count)).toISOString().slice(0, 10);
    const period = await periodOf(line, { firstDay: day(0), lastDay: day(6) });
    return {
      order: () => order(line, "close", period),
      ending: (db) => endingOfClosing(db, period.id),
    };
  },
};

type Seen = { state: string; step: string | null; files: number; told: number; lines: number };

/** How far a closing has come. */
export const endingOfClosing = async (db: Databases, period: string): Promise<Ending> => {
  const found = await oneRow(
    db.rows<Seen>(
      "accounting",
      `select state, step, (select count(*) from payroll_file where pay_period_id = pay_period.id) as files,
         (select count(*) from event_log where type = 'PayrollExported' and aggregate_id = pay_period.id::text) as told,
         (select count(*) from pay_line where pay_line.pay_period_id = pay_period.id) as lines
       from pay_period left join closing on closing.pay_period_id = pay_period.id where pay_period.id = $1`,
      [period],
    ),
  );
  if (!found || found.step !== null) return "under way";
  if (found.state === "exported") return found.files === 1 && found.told === 1 ? "completed" : "both";
  if (found.state === "open") return found.files + found.told + found.lines === 0 ? "compensated" : "both";
  return "under way";
};
