import { Temporal } from "temporal-polyfill";
import type { Instant } from "./clock.ts";
import { invalid } from "./domain-error.ts";

export { Temporal };
export type PlainDate = Temporal.PlainDate;

/** Reads an ISO date (2026-11-21) of the years 1900 to 2199: what lies outside is a slip of the hand. Refused with `field.not-a-date`, naming the field. */
export const parseDate = (text: string, field: string): PlainDate => {
  try {
    if (/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(text)) return Temporal.PlainDate.from(text, { overflow: "reject" });
  } catch {}
  throw invalid("field.not-a-date", `${field} must be a date of 1900 to 2199 like 2026-11-21, not "${text}".`, {
    field,
  });
};

/** Days, both included. */
export type DaySpan = { readonly from: PlainDate; readonly to: PlainDate };

/** Reads two days, 1 to `most` days with both of them. Refused with `field.not-a-date` or `field.out-of-range`. */
export const parseSpan = (said: { readonly firstDay: string; readonly lastDay: string }, most: number): DaySpan => {
  const from = parseDate(said.firstDay, "firstDay");
  const to = parseDate(said.lastDay, "lastDay");
  const days = from.until(to).days + 1;
  if (days < 1 || days > most)
    throw invalid("field.out-of-range", `firstDay to lastDay must be 1 to ${most} days, not ${days}.`, {
      field: "lastDay",
    });
  return { from, to };
};

/** Reads an ISO instant with its zone or offset (2026-11-21T04:05:00Z). Refused with `field.not-an-instant`. */
export const parseInstant = (text: string, field: string): Instant =>
  requireInstant(() => Temporal.Instant.from(text), text, field);

/** Reads nanoseconds since 1970-01-01T00:00:00Z. Refused with `field.not-an-instant`. */
export const instantAt = (epochNanoseconds: bigint, field: string): Instant =>
  requireInstant(() => Temporal.Instant.fromEpochNanoseconds(epochNanoseconds), String(epochNanoseconds), field);

const requireInstant = (read: () => Instant, told: string, field: string): Instant => {
  try {
    const at = read();
    if (!isBefore(at, firstInstant) && isBefore(at, endOfTime)) return at;
  } catch {}
  throw invalid(
    "field.not-an-instant",
    `${field} must be a time of 1900 to 2199 with its zone like 2026-11-21T04:05:00Z, not "${told}".`,
    { field },
  );
};

// A clock set to another century could never be set back.
const firstInstant = Temporal.Instant.from("1900-01-01T00:00:00Z");
const endOfTime = Temporal.Instant.from("2200-01-01T00:00:00Z");

/** Reads an IANA time zone. Refused with `field.not-a-zone`. */
export const parseZone = (text: string, field: string): string => {
  try {
    return Temporal.Now.zonedDateTimeISO(text).timeZoneId;
  } catch {
    throw invalid("field.not-a-zone", `${field} must be a time zone like Europe/Paris, not "${text}".`, { field });
  }
};

/** Every day from `from` to `to`, both included. */
export const daysBetween = (from: PlainDate, to: PlainDate): PlainDate[] =>
  Array.from({ length: from.until(to).days + 1 }, (_, index) => from.add({ days: index }));

/** Whole minutes from `starts` to `ends`, in elapsed time; a part of a minute counts from its half. */
export const minutesBetween = (starts: Instant, ends: Instant): number =>
  Math.round((ends.epochMilliseconds - starts.epochMilliseconds) / 60_000);

/** The one that comes first. */
export const earlier = (a: Instant, b: Instant): Instant => (Temporal.Instant.compare(a, b) <= 0 ? a : b);
/** The one that comes last. */
export const later = (a: Instant, b: Instant): Instant => (Temporal.Instant.compare(a, b) >= 0 ? a : b);
/** False where both are the same. */
export const isBefore = (a: Instant, b: Instant): boolean => Temporal.Instant.compare(a, b) < 0;
