import type { Command } from "commander";
import { rebuildReports, replayParkedEvents, showEventFlow, showParkedEvents } from "./events.ts";
import { makeFirstAdministrator } from "./first-administrator.ts";
import { runningHeadway } from "./running-headway.ts";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * The commands of those who run Headway: clients of its API, with HEADWAY_URL and HEADWAY_KEY. The last two set an
 * installation up, with the settings that its services have.
 */
export const addOperatorCommands = (program: Command, exitWith: (code: number) => void): void => {
  const events = program.command("events").description("What became of the events of a running Headway.");
  events
    .command("flow")
    .description("What each service has recorded, published, handled and set aside.")
    .action(() => showEventFlow(runningHeadway(process.env), say));
  events
    .command("parked")
    .description("Events that could not be handled, with their reasons. Ends with 1 when there are any.")
    .action(async () => exitWith((await showParkedEvents(runningHeadway(process.env), say)) === 0 ? 0 : 1));
  events
    .command("replay <service> <consumer>")
    .description("Handles parked events again, in order. Ends with 1 when some are still parked.")
    .option("--aggregate <id>", "only those of one aggregate")
    .action(async (service: string, consumer: string, { aggregate }: { aggregate?: string }) => {
      const left = await replayParkedEvents(
        runningHeadway(process.env),
        { service, consumer, aggregate: aggregate ?? null },
        say,
      );
      exitWith(left === 0 ? 0 : 1);
    });
  program
    .command("rebuild")
    .description("Makes all read models anew from the services' logs.")
    .action(() => rebuildReports(runningHeadway(process.env), say));
  program
    .command("migrate")
    .description("Makes the services' databases, and brings them to their newest form.")
    .action(async () => {
      const { migrateDatabases } = await import("./migrate-databases.ts");
      await migrateDatabases(process.env, say);
    });
  program
    .command("first-administrator")
    .description("Makes the first administrator, and an API key. Both are shown once.")
    .action(() => makeFirstAdministrator(process.env, say));
};
