import { Command, InvalidArgumentError } from "commander";

/** The flags that both commands share. */
export type Flags = {
  readonly json: boolean;
  readonly only: readonly string[];
  readonly seed: number;
  /** Repeats of a figure, or tries of a fault. */
  readonly times: number | null;
};

/** Reads the flags. Ends the process with a line where one is wrong. */
export const readFlags = (argv: readonly string[], command: Asked): Flags => {
  const program = new Command(command.name)
    .description(command.description)
    .option("--json", "an array on standard output instead of a table", false)
    .option("--only <name>", `one of: ${command.names.join(", ")}; may be repeated`, choiceOf(command.names), [])
    .option("--seed <number>", "the same seed makes the same choices", whole, 1)
    .option(`--${command.times} <number>`, command.timesText, whole);
  const { json, only, seed, ...others } = program.parse([...argv]).opts();
  return { json, only: only.length > 0 ? only : command.names, seed, times: others[command.times] ?? null };
};

type Asked = {
  readonly name: string;
  readonly description: string;
  readonly names: readonly string[];
  readonly times: "repeats" | "tries";
  readonly timesText: string;
};

const choiceOf =
  (names: readonly string[]) =>
  (name: string, before: string[]): string[] => {
    if (!names.includes(name)) throw new InvalidArgumentError(`There are: ${names.join(", ")}.`);
    return [...before, name];
  };

const whole = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("A whole number from 1 on is wanted.");
  return Number(text);
};

/** Tells how far it is, on standard error: standard output has the result alone. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
