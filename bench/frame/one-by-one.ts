import { isEnding, untilTheEnd } from "@headway/testkit/stop-on-exit";
import { say } from "./command.ts";

/**
 * Runs what was asked for, one after the other. Each line's name begins with the one that `--only` takes. What breaks is
 * a line too: it must neither hide the others nor be missed among them. Once a signal ends this process, nothing more begins.
 */
export const oneByOne = async <Line extends { readonly name: string }>(
  names: readonly string[],
  run: (name: string) => Promise<readonly Line[]>,
  brokenLine: (name: string, error: unknown) => Line,
): Promise<Line[]> => {
  const lines: Line[] = [];
  for (const name of new Set(names)) {
    say(`== ${name}`);
    try {
      for (const line of await run(name))
        lines.push({ ...line, name: line.name === name ? name : `${name}: ${line.name}` });
    } catch (error) {
      if (isEnding()) await untilTheEnd();
      lines.push(brokenLine(name, error));
      say(`${name} broke: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
  return lines;
};
