import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { toTimestamp } from "@headway/contracts/instant";
import { parseInstant } from "@headway/kernel/time";

/** A moment as JSON has it, to the millisecond. */
export const isoOf = ({ seconds, nanos }: Timestamp): string =>
  new Date(Number(seconds) * 1000 + Math.floor(nanos / 1_000_000)).toISOString().replace(".000Z", "Z");

/** Null for a moment that was not. */
export const isoOrNull = (timestamp: Timestamp | undefined): string | null => (timestamp ? isoOf(timestamp) : null);

export const timestampOf = (iso: string, field: string): Timestamp => toTimestamp(parseInstant(iso, field));

/** Protobuf says nothing with an empty text; JSON with null. */
export const orNull = (text: string): string | null => (text === "" ? null : text);

/** A message that the other service always sends. */
export const present = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error("A service left out a part of its answer.");
  return value;
};

type PageQuery = { readonly limit?: number; readonly cursor?: string };

export const pageOf = ({ limit, cursor }: PageQuery): { readonly size: number; readonly cursor: string } => ({
  size: limit ?? 100,
  cursor: cursor ?? "",
});

/** A page of a list as the documents have it. */
export const listed = <Item>(
  items: Item[],
  page: { readonly next: string } | undefined,
): { items: Item[]; next: string | null } => ({ items, next: orNull(page?.next ?? "") });
