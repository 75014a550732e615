import type { Journey } from "../feed/feed.ts";
import type { BlockId, LineCode, ServiceId } from "../ids.ts";

/** One vehicle's chain of trips, in order of time. */
export type Block = {
  readonly id: BlockId;
  readonly service: ServiceId;
  /** The line on which the vehicle spends most of its time. */
  readonly line: LineCode;
  readonly trips: readonly Journey[];
};

export type BlockTrip = Journey & { readonly block: BlockId };

/** The blocks of all services, ordered by service, then by when they start. A block id counts within its service only. */
export const blocksOf = (trips: readonly BlockTrip[]): Block[] =>
  [...Map.groupBy(trips, ({ service, block }) => JSON.stringify([service, block])).values()]
    .flatMap((group) => {
      const inOrder = group.toSorted(byStart);
      const [first] = inOrder;
      return first ? [{ id: first.block, service: first.service, line: homeLine(inOrder), trips: inOrder }] : [];
    })
    .sort((a, b) => byText(a.service, b.service) || startOf(a) - startOf(b) || byText(a.id, b.id));

export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const byStart = (
  a: Pick<Journey, "id" | "starts" | "ends">,
  b: Pick<Journey, "id" | "starts" | "ends">,
): number => a.starts - b.starts || a.ends - b.ends || byText(a.id, b.id);

const startOf = ({ trips }: Block): number => trips[0]?.starts ?? 0;

const homeLine = (trips: readonly Journey[]): LineCode => {
  const spent = new Map<LineCode, number>();
  for (const { line, starts, ends } of trips) spent.set(line, (spent.get(line) ?? 0) + ends - starts);
  const [first, ...others] = [...spent].sort(([a], [b]) => byText(a, b));
  if (!first) throw new Error("a block without trips");
  return others.reduce((home, line) => (line[1] > home[1] ? line : home), first)[0];
};
