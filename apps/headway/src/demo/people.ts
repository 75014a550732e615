import type { PlainDate } from "@headway/kernel/time";
import { type Chance, chanceOf } from "./chance.ts";
import { csvLine } from "./csv.ts";
import { tongues } from "./names.ts";

/** A depot that needs drivers, by the code that its people know. */
export type Staffing = {
  readonly depot: string;
  readonly drivers: number;
  /** What each of its drivers is qualified for. */
  readonly qualifications: readonly string[];
};

/** One driver as the staff list tells it. */
export type Person = {
  readonly number: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly depot: string;
  readonly hiredOn: PlainDate;
  readonly agreement: string;
  /** Minutes of work a week by contract. */
  readonly weeklyMinutes: number;
  /** In hundredths of the currency. */
  readonly hourlyRate: number;
  readonly qualifications: readonly string[];
};

export type Terms = {
  /** What chance hangs on. */
  readonly seed: number;
  /** Nobody is hired later than this. */
  readonly by: PlainDate;
  /** Codes of agreements; the first is the one most people work under. */
  readonly agreements: readonly [string, string];
  /** Full-time and, after it, part-time minutes a week. */
  readonly weeklyMinutes: readonly [number, number];
  /** The first number given; numbers have five digits. */
  readonly firstNumber: number;
};

const partTime = 0.12;
const secondAgreement = 0.25;
const firstRate = 2_640;
const yearlyRise = 42;
const longestService = 28;

/** Drivers for the depots, in the order of their numbers. A person hangs on seed and number, not on how many others there are. */
export const makePeople = (staffings: readonly Staffing[], terms: Terms): Person[] => {
  let number = terms.firstNumber;
  return staffings.flatMap(({ depot, drivers, qualifications }) =>
    Array.from({ length: drivers }, () => makePerson(String(number++).padStart(5, "0"), depot, qualifications, terms)),
  );
};

const makePerson = (number: string, depot: string, qualifications: readonly string[], terms: Terms): Person => {
  const chance = chanceOf(terms.seed, "person", number);
  const years = Math.floor(chance.share() ** 2 * longestService);
  const [fullTime, shorter] = terms.weeklyMinutes;
  const [usual, other] = terms.agreements;
  return {
    number,
    ...makeName(chance),
    depot,
    hiredOn: terms.by.subtract({ years, days: chance.whole(0, 364) }),
    agreement: chance.happens(secondAgreement) ? other : usual,
    weeklyMinutes: chance.happens(partTime) ? shorter : fullTime,
    hourlyRate: firstRate + years * yearlyRise,
    qualifications,
  };
};

/** Most families keep the names of their tongue; one in six is as mixed as the city. */
const makeName = (chance: Chance): Pick<Person, "givenName" | "familyName"> => {
  const own = chance.pick(tongues);
  const other = chance.happens(1 / 6) ? chance.pick(tongues) : own;
  return { givenName: chance.pick(own.given), familyName: chance.pick(other.family) };
};

/** The staff list that hr imports. */
export const staffList = (people: readonly Person[], currency: string): string =>
  [
    csvLine(staffColumns),
    ...people.map((person) =>
      csvLine([
        person.number,
        person.givenName,
        person.familyName,
        person.depot,
        person.hiredOn.toString(),
        person.agreement,
        person.weeklyMinutes,
        (person.hourlyRate / 100).toFixed(2),
        currency,
        person.qualifications.join(";"),
      ]),
    ),
  ].join("");

const staffColumns = [
  "number",
  "given_name",
  "family_name",
  "depot",
  "hired_on",
  "agreement",
  "weekly_minutes",
  "hourly_rate",
  "currency",
  "qualifications",
];
