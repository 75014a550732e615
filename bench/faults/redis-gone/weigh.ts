import type { Answered } from "./edge.ts";
import type { Done } from "./load.ts";

/** From when to when Redis was gone: milliseconds since 1970. */
export type Outage = { readonly from: number; readonly to: number };

/** What is there afterwards. */
export type Remains = {
  readonly codes: readonly string[];
  /** How many sessions the user has, without those that only looked. */
  readonly sessions: number;
  /** Cookies of acknowledged logins that stand for nobody. */
  readonly dead: readonly string[];
};

export type Weighed = {
  readonly acknowledged: number;
  readonly lost: number;
  readonly doubled: number;
  readonly findings: readonly string[];
};

/**
 * Holds what was answered against what remains. A call that was under way when Redis went or came back may be there
 * although it was refused: its answer was what could not be given. All others that were refused must have left nothing.
 */
export const weigh = ({ writes, logins, reads }: Done, outages: readonly Outage[], remains: Remains): Weighed => {
  const present = new Set(remains.codes);
  const torn = ({ from, to }: Answered): boolean =>
    outages.some((outage) => [outage.from, outage.to].some((edge) => from <= edge && edge <= to));
  const written = [...writes];
  const made = written.filter(([, { status }]) => status === 201);
  const lostWrites = made.filter(([code]) => !present.has(code));
  const left = written.filter(([code, answer]) => answer.status !== 201 && present.has(code) && !torn(answer));
  const twice = remains.codes.length - present.size;
  const entered = logins.filter(({ status }) => status === 200);
  const maybe = logins.filter((answer) => answer.status !== 200 && torn(answer));
  const strange = Math.max(0, remains.sessions - entered.length - maybe.length);
  const wrong = [...writes.values(), ...logins, ...reads].flatMap((answer) => answer.wrong ?? []);
  return {
    acknowledged: made.length + entered.length,
    lost: lostWrites.length + remains.dead.length,
    doubled: left.length + twice + strange,
    findings: [
      ...counted(wrong),
      ...left.map(([code, { status, slug }]) => `Depot ${code} is there although it was refused: ${status} ${slug}.`),
      ...lostWrites.map(([code]) => `Depot ${code} was acknowledged and is not there.`),
    ],
  };
};

/** The same words once, with how often they came; numbers in them set aside. */
const counted = (lines: readonly string[]): readonly string[] =>
  [...Map.groupBy(lines, (line) => line)].map(([line, same]) => `${same.length} x ${line}`);
