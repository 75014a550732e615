/** Where progress is shown: bars on a terminal, plain lines elsewhere. */
export type Output = {
  readonly isTTY: boolean;
  readonly columns: number;
  readonly write: (text: string) => void;
};

/** One phase of the work. Its total may be unknown (0) until it is told. */
export type Phase = {
  readonly advance: (done: number, total: number, note?: string) => void;
  readonly end: (note: string) => void;
};

export type Progress = { readonly phase: (name: string) => Phase };

type Times = { readonly now: () => number };

/** Milliseconds between two paintings of a bar, and between two plain lines of one phase. */
const paintEvery = 80;
const lineEvery = 10_000;
const nameWidth = 22;
const barWidth = 28;

/** Shows phases on an output; `now` in milliseconds. */
export const showProgress = (output: Output, { now }: Times): Progress => ({
  phase: (name) => (output.isTTY ? bar(name, output, now) : lines(name, output, now)),
});

const bar = (name: string, output: Output, now: () => number): Phase => {
  const began = now();
  let painted = Number.NEGATIVE_INFINITY;
  const paint = (text: string): void => output.write(`\r\u001b[K${text.slice(0, output.columns - 1)}`);
  paint(`  ${name.padEnd(nameWidth)}`);
  return {
    advance: (done, total, note = "") => {
      if (now() - painted < paintEvery) return;
      painted = now();
      paint(`  ${name.padEnd(nameWidth)} ${drawn(done, total)} ${note}`);
    },
    end: (note) => {
      paint(`\u2713 ${name.padEnd(nameWidth)} ${note} (${seconds(now() - began)})`);
      output.write("\n");
    },
  };
};

const shareOf = (done: number, total: number): number => (total > 0 ? Math.min(1, Math.max(0, done / total)) : 0);

const percent = (done: number, total: number): number => Math.floor(shareOf(done, total) * 100);

const drawn = (done: number, total: number): string => {
  const full = Math.round(shareOf(done, total) * barWidth);
  return `${"\u2588".repeat(full)}${"\u2591".repeat(barWidth - full)} ${String(percent(done, total)).padStart(3)} %`;
};

const lines = (name: string, output: Output, now: () => number): Phase => {
  const began = now();
  let said = began;
  return {
    advance: (done, total, note = "") => {
      if (now() - said < lineEvery) return;
      said = now();
      const share = total > 0 ? ` ${percent(done, total)} %` : "";
      output.write(`${name}:${share} ${note}`.trimEnd().concat("\n"));
    },
    end: (note) => output.write(`${name}: ${note} (${seconds(now() - began)})\n`),
  };
};

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
