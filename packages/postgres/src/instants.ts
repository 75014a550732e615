import type { Instant } from "@headway/kernel/clock";
import { Temporal } from "@headway/kernel/time";

/** An instant out of a timestamptz column, which comes as text like `2026-11-21 04:05:00+00`. */
export const instantOf = (text: string): Instant => Temporal.Instant.from(text.replace(" ", "T"));

/** The same for a column that may be null. */
export const instantOrNull = (text: string | null): Instant | null => (text === null ? null : instantOf(text));
