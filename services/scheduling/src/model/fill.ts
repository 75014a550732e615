import type { DriverId, DutyId } from "@headway/kernel/ids";
import { byNumber } from "./candidates.ts";
import { fits } from "./check.ts";
import { type CountedDriver, type CountedDuty, contractOn } from "./counted.ts";
import { type Day, weekOf } from "./day.ts";
import { hourOf, isDayOff, type Wish, wishesFor } from "./fill-plan.ts";

/** How far filling goes on its own; a person may go further. */
const mostDutiesInWeek = 5;
const mostOfContract = 1.1;

/** In minutes off the usual hour: what a full week weighs, and each qualification, which another duty may need. */
const fullWeekWeighs = 150;
const qualificationWeighs = 60;

/**
 * A driver for every open duty that can have one. Each duty, in order of its start, gets the driver whom it suits best; what
 * is left then, also one who would rather be off. Nobody gets a duty with any finding, not even a warning.
 * The same input gives the same answer, in whatever order it comes: equals go by employee number and run.
 */
export const fill = (
  drivers: readonly CountedDriver[],
  open: readonly CountedDuty[],
): ReadonlyMap<DutyId, DriverId> => {
  const staff = wishesFor([...drivers].sort(byNumber), open)
    .map(({ driver, wish }) => new DriverInFill(driver, wish))
    .sort((a, b) => byNumber(a.counted, b.counted));
  const chosen = new Map<DutyId, DriverId>();
  let left = [...open].sort(byStart);
  for (const daysOffToo of [false, true])
    left = left.filter((duty) => {
      const best = bestOf(staff, duty, daysOffToo);
      best?.take(duty);
      if (best) chosen.set(duty.id, best.counted.id);
      return best === null;
    });
  return chosen;
};

const byStart = (a: CountedDuty, b: CountedDuty): number =>
  a.starts - b.starts || a.day - b.day || a.ends - b.ends || (a.run < b.run ? -1 : Number(a.run > b.run));

const bestOf = (staff: readonly DriverInFill[], duty: CountedDuty, daysOffToo: boolean): DriverInFill | null => {
  let found: DriverInFill | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const driver of staff) {
    const cost = driver.cost(duty, daysOffToo);
    if (cost >= least || !fits(driver.counted, duty)) continue;
    found = driver;
    least = cost;
  }
  return found;
};

/** A driver whose week is being filled. */
class DriverInFill {
  readonly counted: CountedDriver;
  readonly #standing: CountedDuty[] = [];
  readonly #wish: Wish;
  readonly #weeks = new Map<number, { readonly duties: number; readonly minutes: number }>();
  readonly #days = new Set<Day>();

  constructor(driver: CountedDriver, wish: Wish) {
    this.counted = { ...driver, standing: this.#standing };
    this.#wish = wish;
    for (const duty of driver.standing) this.take(duty);
  }

  take(duty: CountedDuty): void {
    const { duties, minutes } = this.#week(duty.day);
    this.#standing.push(duty);
    this.#days.add(duty.day);
    this.#weeks.set(weekOf(duty.day), { duties: duties + 1, minutes: minutes + duty.work });
  }

  /** The lower, the better it suits; infinite if it does not suit at all. In minutes off the usual hour. */
  cost(duty: CountedDuty, daysOffToo: boolean): number {
    const { duties, minutes } = this.#week(duty.day);
    const contract = contractOn(this.counted, duty.day)?.weeklyMinutes ?? 0;
    const full = duties >= mostDutiesInWeek || minutes + duty.work > contract * mostOfContract;
    if (contract === 0 || full || this.#days.has(duty.day)) return Number.POSITIVE_INFINITY;
    if (!daysOffToo && isDayOff(this.#wish, duty.day)) return Number.POSITIVE_INFINITY;
    const offHour = Math.abs(hourOf(duty) - this.#wish.hour) / 60_000;
    const spare = this.counted.qualifications.length;
    return offHour + (fullWeekWeighs * minutes) / contract + qualificationWeighs * spare;
  }

  #week(day: Day): { readonly duties: number; readonly minutes: number } {
    return this.#weeks.get(weekOf(day)) ?? { duties: 0, minutes: 0 };
  }
}
