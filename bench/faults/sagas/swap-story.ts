import { randomUUID } from "node:crypto";
import type { paths } from "@headway/contracts/gen/openapi/mobile";
import { answerOf, connect, everyPage, once, seen } from "headway/rehearse/headway";
import createClient from "openapi-fetch";
import type { Databases } from "../../audit/databases.ts";
import { isDone } from "../single-process/line.ts";
import type { OwnDuty } from "../single-process/world.ts";
import type { Installation } from "./installation.ts";
import type { Ending, Story } from "./story.ts";
import { oneRow } from "./story.ts";

/** Two drivers exchange duties: what the dispatcher approves is one step, of all or nothing. */
export const swapStory: Story = {
  name: "swap two duties",
  boundaries: [
    { service: "scheduling", table: "swap", change: "update", when: "new.state = 'completed'" },
    { service: "scheduling", table: "assignment", change: "insert", when: "true" },
    { service: "scheduling", table: "event_log", change: "insert", when: "new.type = 'SwapApproved'" },
  ],
  async begin(installation, place) {
    // From the end: the beginning is for those who leave.
    const [offered, wanted] = [1, 2].map((count) => installation.world.later.at(-(place * 2 + count)));
    if (!offered || !wanted) throw new Error("There are no duties left to be swapped.");
    const swap = await agree(installation, offered, wanted);
    const params = { path: { swapId: swap.id }, header: seen(swap.version) };
    return {
      order: async () =>
        isDone(await installation.line.call((headway) => headway.POST("/swaps/{swapId}/approve", { params }))),
      ending: (db) => endingOf(db, swap.id, offered, wanted),
    };
  },
};

/** One driver asks, the other agrees. */
const agree = async (
  installation: Installation,
  offered: OwnDuty,
  wanted: OwnDuty,
): Promise<{ readonly id: string; readonly version: number }> => {
  const [asking, asked] = [await logIn(installation, offered.driver), await logIn(installation, wanted.driver)];
  const body = { offeredAssignmentId: offered.assignment, wantedAssignmentId: wanted.assignment };
  const swap = answerOf(await asking.POST("/me/swaps", { params: { header: once() }, body }));
  return answerOf(
    await asked.POST("/me/swaps/{swapId}/accept", {
      params: { path: { swapId: swap.id }, header: seen(swap.version) },
    }),
  );
};

const logIn = async ({ url, key }: Installation, driver: string) => {
  const headway = connect(url(), key);
  const users = await everyPage(async (page) => answerOf(await headway.GET("/users", { params: { query: page } })));
  const user = users.find(({ employeeId }) => employeeId === driver);
  if (!user) throw new Error(`The driver ${driver} has no user.`);
  const password = randomUUID();
  const params = { path: { userId: user.id }, header: { "If-Match": `"${user.version}"` } };
  const { userName } = answerOf(await headway.PUT("/users/{userId}/password", { params, body: { password } }));
  const mobile = { baseUrl: `${url()}/mobile/v1` };
  const { token } = answerOf(await createClient<paths>(mobile).POST("/session", { body: { userName, password } }));
  return createClient<paths>({ ...mobile, headers: { Authorization: `Bearer ${token}` } });
};

const endingOf = async (db: Databases, id: string, offered: OwnDuty, wanted: OwnDuty): Promise<Ending> => {
  const [swap, held] = await Promise.all([
    oneRow(db.rows<{ state: string }>("scheduling", "select state from swap where id = $1", [id])),
    db.rows<{ duty: string; driver: string }>(
      "scheduling",
      "select duty_id as duty, driver_id as driver from assignment where to_version is null and duty_id = any($1)",
      [[offered.duty, wanted.duty]],
    ),
  ]);
  const holds = (duty: string, driver: string): boolean =>
    held.some((one) => one.duty === duty && one.driver === driver);
  const exchanged = holds(offered.duty, wanted.driver) && holds(wanted.duty, offered.driver);
  const unchanged = holds(offered.duty, offered.driver) && holds(wanted.duty, wanted.driver);
  if (swap?.state === "completed") return exchanged ? "completed" : "both";
  return swap?.state === "accepted" && unchanged ? "compensated" : "both";
};
