import type { Instant } from "@headway/kernel/clock";
import { conflict, DomainError, type Finding, invalid } from "@headway/kernel/domain-error";
import { nextVersion } from "@headway/kernel/ids";
import { type Minor, minor, parseCurrency } from "@headway/kernel/money";
import { requireText } from "@headway/kernel/reading";
import { dateAt } from "@headway/kernel/service-day";
import { type PlainDate, parseDate } from "@headway/kernel/time";
import type { Depot } from "./depot.ts";
import {
  changeContract,
  type Employee,
  type EmployeeEvent,
  grantQualification,
  hire,
  move,
  type Terms,
} from "./employee.ts";
import { plainText } from "./plain-text.ts";

/** The columns of a staff list, in any order; others are refused, so that a misspelt one is not passed over. */
export const staffColumns = [
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
] as const;
export type StaffRecord = Readonly<Record<(typeof staffColumns)[number], string>>;

/** A row of a staff list, understood. */
export type StaffRow = {
  readonly number: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly depot: Depot;
  readonly hiredOn: PlainDate;
  readonly terms: Terms;
  readonly qualifications: readonly string[];
};

/** Reads a row; all that is wrong with it comes back as findings, each with its field. `depots` are the open ones by code. */
export const readStaffRow = (
  record: StaffRecord,
  depots: ReadonlyMap<string, Depot>,
): StaffRow | readonly Finding[] => {
  const findings: Finding[] = [];
  const read = <T>(field: keyof StaffRecord, parse: (text: string, field: string) => T): T | undefined => {
    try {
      return parse(record[field], field);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      findings.push(...error.findings);
      return undefined;
    }
  };
  const number = read("number", (text, field) => plainText(text, field, 64));
  const givenName = read("given_name", plainText);
  const familyName = read("family_name", plainText);
  const depot = read("depot", (text, field) => depotOf(requireText(text, field, 64), field, depots));
  const hiredOn = read("hired_on", (text, field) => parseDate(requireText(text, field), field));
  const agreement = read("agreement", (text, field) => plainText(text, field, 64));
  const weeklyMinutes = read("weekly_minutes", (text, field) => wholeNumber(requireText(text, field), field));
  const hourlyRate = read("hourly_rate", (text, field) => amount(requireText(text, field), field));
  const currency = read("currency", (text, field) => parseCurrency(requireText(text, field), field));
  const qualifications = read("qualifications", codes);
  if (
    number === undefined ||
    givenName === undefined ||
    familyName === undefined ||
    depot === undefined ||
    hiredOn === undefined ||
    agreement === undefined ||
    weeklyMinutes === undefined ||
    hourlyRate === undefined ||
    currency === undefined ||
    qualifications === undefined
  )
    return findings;
  return {
    number,
    givenName,
    familyName,
    depot,
    hiredOn,
    qualifications,
    terms: { agreement, weeklyMinutes, hourlyRate, currency, from: hiredOn },
  };
};

/**
 * What a row makes of a person: hired when unknown, changed where it differs (all at once, under one version), or nothing
 * at all. New terms hold from the depot's day. Refused with `staff.other-first-day`, or as the changes are.
 */
export const takeStaffRow = (
  row: StaffRow,
  known: Employee | null,
  now: Instant,
): { readonly next: Employee; readonly events: readonly EmployeeEvent[] } => {
  if (!known) {
    const { next, event } = hire({
      ...row,
      depot: row.depot.id,
      qualifications: row.qualifications.map((code) => ({ code, from: row.hiredOn, until: null })),
    });
    return { next, events: event };
  }
  demandFirstDay(row, known);
  const today = dateAt(now, row.depot.zone);
  const events: EmployeeEvent[] = [];
  let next = known;
  const apply = (decision: { readonly next: Employee; readonly event: EmployeeEvent }): void => {
    next = decision.next;
    events.push(decision.event);
  };
  if (next.depot !== row.depot.id) apply(move(next, row.depot.id));
  const terms = next.contracts.at(-1);
  if (!terms || !sameTerms(terms, row.terms)) apply(changeContract(next, { ...row.terms, from: today }));
  for (const code of row.qualifications)
    if (!next.qualifications.some((held) => held.code === code && held.until === null))
      apply(grantQualification(next, { code, from: today, until: null }));
  if (next.givenName !== row.givenName || next.familyName !== row.familyName)
    next = { ...next, givenName: row.givenName, familyName: row.familyName };
  if (next === known) return { next, events };
  const changed = { ...next, version: nextVersion(known.version) };
  return { next: changed, events: events.map((event) => ({ ...event, employee: changed })) };
};

// The first contract holds from there, and rosters and pay were made by it.
const demandFirstDay = ({ number, hiredOn }: StaffRow, known: Employee): void => {
  if (!hiredOn.equals(known.hiredOn))
    throw conflict(
      "staff.other-first-day",
      `${number} was hired on ${known.hiredOn}, which a list does not change. Write that day, or give a new person another number.`,
      { field: "hired_on" },
    );
};

const sameTerms = (a: Terms, b: Terms): boolean =>
  a.agreement === b.agreement &&
  a.weeklyMinutes === b.weeklyMinutes &&
  a.hourlyRate === b.hourlyRate &&
  a.currency === b.currency;

const depotOf = (code: string, field: string, depots: ReadonlyMap<string, Depot>): Depot => {
  const depot = depots.get(code);
  if (!depot)
    throw invalid(
      "depot.unknown",
      `There is no depot "${code}"; there are ${[...depots.keys()].join(", ") || "none yet"}.`,
      { field },
    );
  return depot;
};

/** Codes with `;` between them, each once. */
const codes = (text: string, field: string): string[] => {
  const said = text.split(";").filter((code) => code.trim() !== "");
  return [...new Set(said.map((code) => plainText(code, field, 64)))];
};

const wholeNumber = (text: string, field: string): number => {
  if (!/^\d{1,6}$/.test(text))
    throw invalid("field.not-a-number", `${field} must be a whole number of minutes, not "${text}".`, { field });
  return Number(text);
};

const amount = (text: string, field: string): Minor => {
  const [, whole, cents = ""] = /^(\d{1,7})(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  if (whole === undefined)
    throw invalid("field.not-an-amount", `${field} must be an amount like 31.50, not "${text}".`, { field });
  return minor(Number(whole) * 100 + Number(cents.padEnd(2, "0")));
};
