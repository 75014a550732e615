import type { components } from "@headway/contracts/gen/openapi/dispatcher";

export type Feed = components["schemas"]["Feed"];
type Span = Pick<Feed, "firstDay" | "lastDay">;

/** Why a day has no duties: there is no timetable, none for this day, nobody made duties of it, or other days have them. */
export type WhyEmpty =
  | { readonly kind: "no-timetable" }
  | { readonly kind: "not-covered"; readonly nearest: Feed }
  | { readonly kind: "not-planned"; readonly feed: Feed }
  /** `nearest` is the nearest day (ISO date) of a roster; null where a roster has this very day, without duties. */
  | { readonly kind: "other-days"; readonly nearest: string | null };

/** Finds out why a day (ISO date) is empty from the rosters that there are, and the timetables that were read. */
export const whyEmpty = (rosters: readonly Span[], feeds: readonly Feed[], date: string): WhyEmpty => {
  const roster = nearestTo(date, rosters);
  if (roster !== undefined)
    return { kind: "other-days", nearest: daysTo(roster, date) > 0 ? endTo(roster, date) : null };
  const feed = nearestTo(date, feeds);
  if (feed === undefined) return { kind: "no-timetable" };
  return daysTo(feed, date) > 0 ? { kind: "not-covered", nearest: feed } : { kind: "not-planned", feed };
};

const nearestTo = <T extends Span>(date: string, spans: readonly T[]): T | undefined =>
  spans.toSorted((a, b) => daysTo(a, date) - daysTo(b, date))[0];

const endTo = ({ firstDay, lastDay }: Span, date: string): string => (date < firstDay ? firstDay : lastDay);

/** In milliseconds; not above 0 for a day within. */
const daysTo = ({ firstDay, lastDay }: Span, date: string): number =>
  Math.max(Date.parse(firstDay) - Date.parse(date), Date.parse(date) - Date.parse(lastDay));
