import { access, constants, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { DomainError } from "@headway/kernel/domain-error";
import { parseDate } from "@headway/kernel/time";
import { connect, Refused } from "./headway.ts";
import { type Progress, showProgress } from "./progress.ts";
import { rehearse } from "./rehearse.ts";
import { CannotRehearse, type Rehearsal } from "./stage.ts";
import { allHold, showSummary } from "./summary.ts";
import { UnusableFeed } from "./take-feed.ts";
import { startThrowaway, type Throwaway } from "./throwaway.ts";

/** The command's options as they were typed. */
export type RehearseOptions = {
  readonly from: string;
  readonly days: string;
  readonly seed: string;
  readonly out: string;
  readonly json?: boolean;
};

const mostDays = 31;

/** `headway rehearse FEED.zip`: answers the exit code, 0 only if all checks hold. Progress goes to stderr, the summary to stdout. */
export const rehearseCommand = async (feed: string, options: RehearseOptions): Promise<0 | 1> => {
  try {
    const rehearsal = readOptions(feed, options);
    await mustReach(rehearsal);
    return await run(rehearsal, options.json ?? false);
  } catch (error) {
    if (!isReason(error)) throw error;
    process.stderr.write(`\n${error.message}\n`);
    return 1;
  }
};

const run = async (rehearsal: Rehearsal, json: boolean): Promise<0 | 1> => {
  const progress = showProgress(
    { isTTY: process.stderr.isTTY, columns: process.stderr.columns ?? 80, write: (text) => process.stderr.write(text) },
    { now: () => performance.now() },
  );
  const stage = await openStage(progress);
  try {
    const summary = await rehearse(rehearsal, { url: stage.url, headway: connect(stage.url, stage.key), progress });
    process.stdout.write(`${json ? JSON.stringify(summary) : showSummary(summary)}\n`);
    return allHold(summary) ? 0 : 1;
  } finally {
    await stage.end();
  }
};

/** The Headway that the environment names, else one that is started and removed. */
const openStage = async (progress: Progress): Promise<Throwaway> => {
  const { HEADWAY_URL: url, HEADWAY_KEY: key } = process.env;
  if (url && key) return { url: url.replace(/\/+$/, ""), key, end: async () => {} };
  if (url)
    throw new CannotRehearse(
      "HEADWAY_URL is set, HEADWAY_KEY is not. Set it to the key that this Headway printed when it started.",
    );
  const phase = progress.phase("Starting Headway");
  const throwaway = await startThrowaway();
  phase.end("one of its own, removed afterwards");
  return throwaway;
};

/** Says at once what would only be found out at the end, or in the middle. */
const mustReach = async ({ feed, out }: Rehearsal): Promise<void> => {
  const { isFile } = await stat(feed).then(
    (found) => ({ isFile: found.isFile() }),
    () => ({ isFile: false }),
  );
  if (!isFile) throw new CannotRehearse(`There is no file ${feed}. Name the zip of a GTFS feed.`);
  await access(dirname(out), constants.W_OK).catch(() => {
    throw new CannotRehearse(
      `The payroll cannot be written to ${out}: its folder cannot be written. Name another with --out.`,
    );
  });
};

const readOptions = (feed: string, { from, days, seed, out }: RehearseOptions): Rehearsal => ({
  feed,
  from: parseDate(from, "--from"),
  days: whole(days, "--days", 1, mostDays),
  seed: whole(seed, "--seed", 0, Number.MAX_SAFE_INTEGER),
  out,
});

const whole = (text: string, option: string, least: number, most: number): number => {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw new CannotRehearse(`${option} must be a whole number from ${least} to ${most}, not "${text}".`);
};

/** What a person can act on; anything else is shown with its stack. */
const isReason = (error: unknown): error is Error =>
  error instanceof CannotRehearse ||
  error instanceof UnusableFeed ||
  error instanceof DomainError ||
  error instanceof Refused;
