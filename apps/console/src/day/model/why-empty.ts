import type { components } from "@headway/contracts/gen/openapi/dispatcher";

export type Feed = components["schemas"]["Feed"];

/** Why a day has no duties: there is no timetable, none for this day, or nobody made duties of it. */
export type WhyEmpty =
  | { readonly kind: "no-timetable" }
  | { readonly kind: "not-covered"; readonly nearest: Feed }
  | { readonly kind: "not-planned"; readonly feed: Feed };

/** Finds out why a day (ISO date) is empty from the timetables that were read. */
export const whyEmpty = (feeds: readonly Feed[], date: string): WhyEmpty => {
  const feed = feeds.find(({ firstDay, lastDay }) => firstDay <= date && date <= lastDay);
  if (feed !== undefined) return { kind: "not-planned", feed };
  const [nearest] = feeds.toSorted((a, b) => daysTo(a, date) - daysTo(b, date));
  return nearest === undefined ? { kind: "no-timetable" } : { kind: "not-covered", nearest };
};

const daysTo = ({ firstDay, lastDay }: Feed, date: string): number =>
  Math.max(Date.parse(firstDay) - Date.parse(date), Date.parse(date) - Date.parse(lastDay));
