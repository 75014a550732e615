import { setTimeout as pause } from "node:timers/promises";
import { seen } from "headway/rehearse/headway";
import type { Databases } from "../../audit/databases.ts";
import { isDone } from "../single-process/line.ts";
import type { Installation } from "./installation.ts";
import type { Ending, Story } from "./story.ts";
import { oneRow } from "./story.ts";

/** An open duty of an activated day gets another driver: dispatch picks, scheduling assigns, dispatch notes it. */
export const replacementStory: Story = {
  name: "cover a duty",
  boundaries: [
    { service: "dispatch", table: "replacement", change: "insert", when: "true" },
    { service: "scheduling", table: "assignment", change: "insert", when: "true" },
    { service: "dispatch", table: "rostered_assignment", change: "insert", when: "new.roster_version is null" },
    { service: "dispatch", table: "replacement", change: "update", when: "new.state = 'covered'" },
  ],
  async begin(installation, place) {
    const own = installation.world.tomorrow[place];
    if (!own) throw new Error("There is no duty left to be covered.");
    const { line } = installation;
    const params = { path: { assignmentId: own.assignment }, header: seen(own.version) };
    await line.call((headway) => headway.POST("/assignments/{assignmentId}/release", { params }));
    const version = await untilOpen(installation, own.duty);
    const replace = { path: { dutyId: own.duty }, header: seen(version) };
    return {
      order: async () =>
        isDone(
          await line.call((headway) => headway.POST("/day-duties/{dutyId}/replace", { params: replace, body: {} })),
        ),
      ending: (db) => endingOf(db, own.duty),
    };
  },
};

const untilOpen = async ({ line }: Installation, dutyId: string): Promise<number> => {
  for (;;) {
    const { data } = await line.call((headway) =>
      headway.GET("/day-duties/{dutyId}", { params: { path: { dutyId } } }),
    );
    if (data?.open) return data.version;
    await pause(50);
  }
};

type InDispatch = { wanted: number; covered: number; told: number; holder: string | null };

const endingOf = async (db: Databases, duty: string): Promise<Ending> => {
  const [here, there] = await Promise.all([
    oneRow(
      db.rows<InDispatch>(
        "dispatch",
        `select (select count(*) from replacement where duty_id = $1 and state = 'wanted') as wanted,
           (select count(*) from replacement where duty_id = $1 and state = 'covered') as covered,
           (select count(*) from event_log where type = 'ReplacementPicked' and aggregate_id = $1::text) as told,
           (select driver_id from assignment where duty_id = $1 and state = 'assigned') as holder`,
        [duty],
      ),
    ),
    oneRow(
      db.rows<{ holder: string }>(
        "scheduling",
        "select driver_id as holder from assignment where duty_id = $1 and to_version is null",
        [duty],
      ),
    ),
  ]);
  if (!here || here.wanted > 0) return "under way";
  if (here.covered === 1)
    return here.told === 1 && here.holder !== null && here.holder === there?.holder ? "completed" : "both";
  return here.covered === 0 && here.holder === null && !there ? "compensated" : "both";
};
