import { seen } from "headway/rehearse/headway";
import type { Databases } from "../../audit/databases.ts";
import { isDone } from "../single-process/line.ts";
import type { Ending, Story } from "./story.ts";
import { oneRow } from "./story.ts";

/** A person leaves: hr notes the last day, scheduling takes their duties, iam their access once the day is over. */
export const leavingStory: Story = {
  name: "terminate an employee",
  boundaries: [
    { service: "hr", table: "employee", change: "update", when: "new.last_day is not null" },
    { service: "hr", table: "event_log", change: "insert", when: "new.type = 'EmployeeTerminated'" },
    { service: "scheduling", table: "driver", change: "update", when: "new.employed_to is not null" },
    { service: "scheduling", table: "assignment", change: "update", when: "new.state = 'released'" },
    { service: "iam", table: "leaver", change: "insert", when: "true" },
    { service: "iam", table: "app_user", change: "update", when: "new.disabled" },
  ],
  async begin({ line, world }, place) {
    const drivers = [...new Set(world.later.map(({ driver }) => driver))];
    const employeeId = drivers[place];
    if (employeeId === undefined) throw new Error("There is nobody left to leave.");
    const { data } = await line.call((headway) =>
      headway.GET("/employees/{employeeId}", { params: { path: { employeeId } } }),
    );
    const params = { path: { employeeId }, header: seen(data?.version ?? 1) };
    return {
      async order() {
        const body = { lastDay: "2022-10-08" };
        return isDone(
          await line.call((headway) => headway.POST("/employees/{employeeId}/terminate", { params, body })),
        );
      },
      ending: (db) => endingOf(db, employeeId),
    };
  },
};

const endingOf = async (db: Databases, employee: string): Promise<Ending> => {
  const [person, user, duties] = await Promise.all([
    oneRow(
      db.rows<{ gone: boolean }>("hr", "select last_day is not null as gone from employee where id = $1", [employee]),
    ),
    oneRow(
      db.rows<{ disabled: boolean; leaving: boolean }>(
        "iam",
        "select disabled, exists (select from leaver where employee_id = $1) as leaving from app_user where employee_id = $1",
        [employee],
      ),
    ),
    db.rows("scheduling", "select from assignment where driver_id = $1 and to_version is null and state = 'assigned'", [
      employee,
    ]),
  ]);
  if (!person?.gone) return user?.disabled || user?.leaving ? "both" : "compensated";
  return user?.disabled && duties.length === 0 ? "completed" : "under way";
};
