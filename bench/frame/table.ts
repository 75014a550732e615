import type { FaultLine } from "./fault.ts";
import type { FigureLine } from "./figure.ts";
import type { Spread } from "./spread.ts";

/** Columns side by side; the first to the left, the others to the right. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    widths
      .map((width, column) => (column === 0 ? (row[0] ?? "").padEnd(width) : (row[column] ?? "").padStart(width)))
      .join("  ")
      .trimEnd();
  return [head, widths.map((width) => "-".repeat(width)), ...rows].map(line).join("\n");
};

export const figureTable = (lines: readonly FigureLine[]): string =>
  table(
    ["figure", "ours (min..max)", "unit", "peer (min..max)", "ratio", "goal", "holds"],
    lines.map(({ name, unit, oursSpread, peerSpread, peerName, ratio, goal, holds }) => [
      name,
      oursSpread ? spreadText(oursSpread) : "",
      unit,
      peerSpread ? `${peerName} ${spreadText(peerSpread)}` : "",
      ratio === null ? "" : `${figure(ratio)}x`,
      goal ?? "",
      verdict(holds),
    ]),
  );

export const faultTable = (lines: readonly FaultLine[]): string =>
  table(
    ["fault", "tries", "acknowledged", "lost", "doubled", "disordered", "recovery ms (min..max)", "holds"],
    lines.map(({ name, tries, acknowledged, lost, doubled, disordered, recoveryMs, holds }) => [
      name,
      ...[tries, acknowledged, lost, doubled, disordered].map((count) => count?.toLocaleString("en-GB") ?? ""),
      recoveryMs ? spreadText(recoveryMs) : "",
      verdict(holds),
    ]),
  );

const verdict = (holds: boolean | null): string => (holds === null ? "" : holds ? "yes" : "NO");

const spreadText = ({ min, median, max }: Spread): string => `${figure(median)} (${figure(min)}..${figure(max)})`;

/** Three digits are as much as a repeat is worth. */
const figure = (value: number): string =>
  Math.abs(value) >= 100
    ? Math.round(value).toLocaleString("en-GB")
    : value.toLocaleString("en-GB", { maximumSignificantDigits: 3 });
