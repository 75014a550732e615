import type { DepotId, DriverId, DutyId } from "@headway/kernel/ids";
import { serviceInstant } from "@headway/kernel/service-day";
import { parseDate, Temporal } from "@headway/kernel/time";
import { type CountedDriver, type CountedDuty, countDriver, countDuty } from "../../src/model/counted.ts";
import type { Driver } from "../../src/model/driver.ts";
import type { DutyPlan } from "../../src/model/duty.ts";

export const depot = "depot" as DepotId;
export const zone = "Europe/Paris";

const seconds = (clock: string): number => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 3600 + minutes * 60;
};

/** A duty by its wall clock on a service day; past 24:00 too. */
export const duty = (date: string, from: string, to: string, more: Partial<DutyPlan> = {}): CountedDuty => {
  const day = parseDate(date, "date");
  const worked = { starts: serviceInstant(day, seconds(from), zone), ends: serviceInstant(day, seconds(to), zone) };
  const run = `${from}-${to}`;
  const work = Math.round((worked.ends.epochMilliseconds - worked.starts.epochMilliseconds) / 60_000);
  return countDuty({
    id: `${date} ${run}` as DutyId,
    depot,
    date: day,
    service: "daily",
    run,
    worked,
    work,
    qualification: null,
    ...more,
  });
};

const everSince = { from: parseDate("2000-01-01", "from"), to: null };

export const driver = (more: Partial<Driver> = {}, ...standing: CountedDuty[]): CountedDriver => ({
  ...countDriver({
    driver: {
      id: `driver ${more.number ?? "0001"}` as DriverId,
      number: "0001",
      depot,
      employed: everSince,
      contracts: [{ ...everSince, agreement: "eu-2003-88", weeklyMinutes: 2400 }],
      qualifications: [],
      absences: [],
      ...more,
    },
    held: [],
  }),
  standing,
});

export const under = (agreement: string): Pick<Driver, "contracts"> => ({
  contracts: [{ ...everSince, agreement, weeklyMinutes: 2400 }],
});

export const instant = (text: string) => Temporal.Instant.from(text);
