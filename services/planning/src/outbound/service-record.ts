import { Temporal } from "@headway/kernel/time";
import type { Service, Week } from "../model/feed/service.ts";
import type { ServiceId } from "../model/ids.ts";

/** The calendar of a feed ($1). */
export const serviceSql = `
  select service_id, week, first_day, last_day, added::text[] as added, removed::text[] as removed
  from service where feed_id = $1 order by service_id`;

export type ServiceRecord = {
  service_id: ServiceId;
  week: string | null;
  first_day: string | null;
  last_day: string | null;
  added: string[];
  removed: string[];
};

export const toService = (record: ServiceRecord): Service => ({
  id: record.service_id,
  season: toSeason(record),
  added: new Set(record.added),
  removed: new Set(record.removed),
});

const toSeason = ({ week, first_day, last_day }: ServiceRecord): Service["season"] =>
  week === null || first_day === null || last_day === null
    ? null
    : { week: toWeek(week), from: Temporal.PlainDate.from(first_day), to: Temporal.PlainDate.from(last_day) };

const toWeek = (text: string): Week => {
  const on = (day: number) => text[day] === "1";
  return [on(0), on(1), on(2), on(3), on(4), on(5), on(6)];
};
