import { endingOfClosing } from "./closing-story.ts";
import { areAlike } from "./pay-lines.ts";
import { order, periodOf } from "./pay-period.ts";
import type { Story } from "./story.ts";

/**
 * A week that some hundred drivers worked is closed. Overtime calculates their weeks in batches, their days arrive one by
 * one, and each becomes lines: the boundaries lie in the middle of each. The lines must be those of a week that nobody disturbed.
 */
export const manyLinesStory: Story = {
  name: "close a pay period with many lines",
  boundaries: [
    // The first of the second batch: what the first one did stays.
    {
      service: "overtime",
      table: "event_log",
      change: "insert",
      when: "new.type = 'WorkedDayCalculated'",
      past: 200,
    },
    {
      service: "accounting",
      table: "worked_day",
      change: "insert",
      when: "new.revision > 1",
      past: 100,
    },
    {
      service: "accounting",
      table: "worked_day",
      change: "update",
      when: "old.settled_in is null and new.settled_in is not null",
      past: 100,
    },
    { service: "accounting", table: "pay_line", change: "insert", when: "true", past: 300 },
    { service: "accounting", table: "payroll_file", change: "insert", when: "true" },
  ],
  async begin(installation, place) {
    const { undisturbed, closed } = await installation.workedWeeks();
    const week = closed[place];
    if (!week) throw new Error("There is no week left to be closed.");
    const period = await periodOf(installation.line, week);
    return {
      order: () => order(installation.line, "close", period),
      async ending(db) {
        const ending = await endingOfClosing(db, period.id);
        return ending === "completed" && !(await areAlike(db, period.id, undisturbed)) ? "both" : ending;
      },
    };
  },
};
