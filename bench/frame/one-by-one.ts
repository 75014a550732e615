import { isEnding } from "@headway/testkit/stop-on-exit";
import { say } from "./command.ts";

/**
 * Runs what was asked for, one after the other. What breaks is a line too: it must neither hide the others nor be
 * missed among them. Once a signal ends this process, nothing more begins.
 */
export const oneByOne = async <Line>(
  names: readonly string[],
  run: (name: string) => Promise<readonly Line[]>,
  brokenLine: (name: string, error: unknown) => Line,
): Promise<Line[]> => {
  const lines: Line[] = [];
  for (const name of names) {
    say(`== ${name}`);
    try {
      lines.push(...(await run(name)));
    } catch (error) {
      if (isEnding()) await untilTheEnd();
      lines.push(brokenLine(name, error));
      say(`${name} broke: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return lines;
};

const untilTheEnd = () => new Promise<never>(() => {});
