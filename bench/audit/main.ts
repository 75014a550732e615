import { Command, InvalidArgumentError, Option } from "commander";
import { say } from "../frame/command.ts";
import { postgresOf } from "../frame/postgres-of.ts";
import { table } from "../frame/table.ts";
import { examine } from "./audit.ts";
import { type Checked, findingsOf } from "./finding.ts";

type Options = {
  readonly postgres?: string;
  readonly folder?: string;
  readonly brokers?: string;
  readonly json: boolean;
};

const address = (text: string): string => {
  if (URL.parse(text)?.protocol.startsWith("postgres") !== true)
    throw new InvalidArgumentError("It begins with postgres://.");
  return text;
};

const options = new Command("npm run audit --")
  .description(
    "Reads all databases and topics of a running Headway at which nobody is working, and tells what does not fit. Ends with 1 where something does not, or where it could not look.",
  )
  .addOption(
    new Option("--postgres <url>", "postgres://user:password@host:port, without a database")
      .argParser(address)
      .conflicts("folder"),
  )
  .option("--folder <folder>", "the data folder of a running Headway, instead")
  .option("--brokers <list>", "host:port of Kafka, comma-separated; without it the topics are not looked at")
  .option("--json", "the findings as an array on standard output", false)
  .parse()
  .opts<Options>();

const serverOf = async ({ postgres, folder }: Options): Promise<string> => {
  if (postgres !== undefined) return postgres;
  if (folder !== undefined) return postgresOf(folder);
  throw new Error("Name a server with --postgres, or the data folder of a running Headway with --folder.");
};

const summary = (checked: readonly Checked[]): string =>
  table(
    ["check", "invariant", "looked at", "wrong"],
    checked.map(({ invariant, where, looked, wrong }) => [
      where,
      invariant,
      looked === 0 ? "nothing" : looked.toLocaleString("en-GB"),
      wrong.length === 0 ? "" : wrong.length.toLocaleString("en-GB"),
    ]),
  );

try {
  const checked = await examine({ postgresUrl: await serverOf(options), brokers: options.brokers?.split(",") ?? null });
  const findings = findingsOf(checked);
  if (options.json) process.stdout.write(`${JSON.stringify(findings, null, 2)}\n`);
  else {
    process.stdout.write(`${summary(checked)}\n\n`);
    for (const { invariant, where, detail } of findings) process.stdout.write(`${invariant}, ${where}: ${detail}\n`);
    if (findings.length > 0)
      process.stdout.write("What is still under way looks wrong, too: while a Headway is at work, look again later.\n");
    const looked = checked.reduce((sum, one) => sum + one.looked, 0).toLocaleString("en-GB");
    const idle = checked.filter((one) => one.looked === 0).length;
    process.stdout.write(
      `${findings.length === 0 ? "Nothing found" : "Something is wrong"}: ${checked.length} checks of ${looked} things, ${idle} of them of nothing${options.brokers ? "" : "; Kafka was not looked at"}.\n`,
    );
  }
  process.exitCode = findings.length === 0 ? 0 : 1;
} catch (error) {
  say(error instanceof Error ? error.message || String(error.cause ?? error) : String(error));
  process.exitCode = 1;
}
