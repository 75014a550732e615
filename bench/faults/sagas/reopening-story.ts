import { type Databases, openDatabases } from "../../audit/databases.ts";
import { holdBack } from "./hold.ts";
import { areAlike } from "./pay-lines.ts";
import { order, periodOf, untilState } from "./pay-period.ts";
import type { Ending, Story } from "./story.ts";
import { oneRow } from "./story.ts";

const accounting = { service: "accounting" } as const;

/** A person takes a calculated period back to open: its many lines go, its days can be paid again, nobody leads it on. */
export const reopeningStory: Story = {
  name: "reopen a pay period",
  boundaries: [
    { ...accounting, table: "pay_line", change: "delete", when: "true", past: 300 },
    {
      ...accounting,
      table: "worked_day",
      change: "update",
      when: "old.settled_in is not null and new.settled_in is null",
      past: 100,
    },
    { ...accounting, table: "closing", change: "delete", when: "true" },
    { ...accounting, table: "pay_period", change: "update", when: "new.state = 'open' and old.state <> 'open'" },
    { ...accounting, table: "event_log", change: "insert", when: "new.type = 'PayPeriodThawed'" },
  ],
  // The same week each time: what the reopening before left behind would be seen in its lines.
  async begin({ line, postgresUrl, workedWeeks }) {
    const { undisturbed, reopened } = await workedWeeks();
    const open = await periodOf(line, reopened);
    await holdBack(await postgresUrl(), { ...accounting, table: "payroll_file" }, `new.pay_period_id = '${open.id}'`);
    if (!(await order(line, "close", open))) throw new Error(`The period from ${open.firstDay} cannot be closed.`);
    const calculated = await untilState(line, open.id, "calculated");
    const db = openDatabases(await postgresUrl());
    try {
      if (!(await areAlike(db, open.id, undisturbed))) throw new Error("A period that was reopened has other lines.");
    } finally {
      await db.close();
    }
    return { order: () => order(line, "reopen", calculated), ending: (now) => endingOf(now, open.id) };
  },
};

type Seen = { state: string; closing: boolean; lines: number; settled: number; left: number };

const endingOf = async (db: Databases, period: string): Promise<Ending> => {
  const found = await oneRow(
    db.rows<Seen>(
      "accounting",
      `select state, exists (select from closing where pay_period_id = $1) as closing,
         (select count(*) from pay_line where pay_period_id = $1) as lines,
         (select count(*) from worked_day where settled_in = $1) as settled,
         (select count(*) filter (where type = 'PayPeriodFrozen') - count(*) filter (where type = 'PayPeriodThawed')
            from event_log where aggregate_id = $1::text) as left
       from pay_period where id = $1`,
      [period],
    ),
  );
  if (!found) return "under way";
  const { state, closing, lines, settled, left } = found;
  if (state === "open") return !closing && lines + settled + left === 0 ? "completed" : "both";
  return state === "calculated" && closing && lines > 0 && settled > 0 && left === 1 ? "compensated" : "both";
};
