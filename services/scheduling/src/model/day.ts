import type { PlainDate } from "@headway/kernel/time";

/** A calendar day as a number: days since 1970-01-01, which was a Thursday. */
export type Day = number;

export const dayOf = (date: PlainDate | string): Day => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/** The week from Monday to Sunday that a day is in, counted from the one of 1969-12-29. */
export const weekOf = (day: Day): number => Math.floor((day + 3) / 7);

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

export const showDay = (day: Day): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
