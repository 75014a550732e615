import { DomainError } from "@headway/kernel/domain-error";
import { ConfigError } from "@headway/service/config";
import { isEnding, untilTheEnd } from "@headway/testkit/stop-on-exit";
import { Command } from "commander";
import { CannotStart } from "./host/cannot-start.ts";
import { type Flags, readProfile } from "./host/profile.ts";
import { addOperatorCommands } from "./operate/commands.ts";
import { Refused } from "./rehearse/headway.ts";

/** Runs one command and answers its exit code. Each command loads only what it needs. */
export const runCommandLine = async (argv: readonly string[]): Promise<number> => {
  let code = 0;
  const program = new Command("headway").description("Plans and runs the working life of a metro's drivers.");
  const host = (name: string, description: string, run: (flags: Flags) => Promise<number>) =>
    program
      .command(name)
      .description(description)
      .option("--empty", "without the demo metro")
      .option("--fresh", "from nothing: removes all data first")
      .option("--rehearsal", "time is what an administrator sets through the API; implies --empty")
      .action(async (flags: Flags) => {
        code = await run(flags);
      });
  host("start", "Runs all services in one process.", async (flags) => {
    const { runSingleProcess } = await import("./host/single-process.ts");
    return runSingleProcess(readProfile(flags, process.env));
  });
  host("stack", "Runs ten processes on Kafka, Redis and PostgreSQL.", async (flags) => {
    const { runStack } = await import("./host/stack.ts");
    return runStack(readProfile(flags, process.env));
  });
  program
    .command("rehearse <feed>")
    .description("Lives through days of a timetable, from the feed to the payroll file, as a client of the public API.")
    .requiredOption("--from <date>", "the first day, like 2022-10-10")
    .option("--days <number>", "how many days", "7")
    .option("--seed <number>", "the same seed gives the same payroll", "1")
    .option("--out <file>", "where the payroll goes", "payroll.csv")
    .option("--json", "the summary as one JSON object on standard output")
    .action(async (feed, options) => {
      const { rehearseCommand } = await import("./rehearse/command.ts");
      code = await rehearseCommand(feed, options);
    });
  program
    .command("demo-feed")
    .description("Writes a made-up timetable of one line, for a rehearsal where there is no other.")
    .requiredOption("--out <file>", "where it goes")
    .requiredOption("--from <date>", "a day on which it is valid, with the weeks after it")
    .action(async ({ out, from }: { out: string; from: string }) => {
      const { writeDemoFeed } = await import("./demo/write-feed.ts");
      await writeDemoFeed(out, from);
    });
  addOperatorCommands(program, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync([...argv]);
    return code;
  } catch (error) {
    // What is still starting fails when its servers are stopped: that is no failure of its own.
    if (isEnding()) {
      process.stderr.write("headway: ended while it was starting.\n");
      return untilTheEnd();
    }
    if (
      !(
        error instanceof CannotStart ||
        error instanceof ConfigError ||
        error instanceof Refused ||
        error instanceof DomainError
      )
    )
      throw error;
    process.stderr.write(`headway: ${error.message}\n`);
    return 1;
  }
};
