import type { Brand } from "./brand.ts";
import { invalid } from "./domain-error.ts";

export type Id<Name extends string> = Brand<string, Name>;

export type UserId = Id<"User">;
export type DepotId = Id<"Depot">;
export type EmployeeId = Id<"Employee">;
/** A driver is an employee who drives: the same id, seen from the roster. */
export type DriverId = EmployeeId;
export type DutyId = Id<"Duty">;
export type AssignmentId = Id<"Assignment">;
export type RosterId = Id<"Roster">;
export type EventId = Id<"Event">;

/** The count of an aggregate's changes, from 1; checked in every where-clause that changes it. */
export type Version = Brand<number, "Version">;

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

let last = { millisecond: 0, counter: 0 };

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

// For many ids at a time: asking for the bytes takes longer than all else.
const pool = new Uint8Array(4096);
let taken = pool.length;

const randomBytes = (): Uint8Array => {
  if (taken === pool.length) {
    crypto.getRandomValues(pool);
    taken = 0;
  }
  taken += 16;
  return pool.subarray(taken - 16, taken);
};

/** A new UUIDv7 (RFC 9562): sorts by the time it was made, and grows strictly within one process. */
export const newId = <I extends Id<string>>(): I => {
  const now = Date.now();
  const bytes = randomBytes();
  const fresh = now > last.millisecond;
  const counter = fresh ? ((bytes[6] ?? 0) << 3) | ((bytes[7] ?? 0) >> 5) : last.counter + 1;
  const carry = counter > 0xfff;
  last = carry
    ? { millisecond: last.millisecond + 1, counter: 0 }
    : { millisecond: fresh ? now : last.millisecond, counter };
  const hex = Array.from(bytes, (byte) => hexOf[byte]).join("");
  const time = last.millisecond.toString(16).padStart(12, "0");
  const variant = (0x8000 | (Number.parseInt(hex.slice(16, 20), 16) & 0x3fff)).toString(16);
  const tail = last.counter.toString(16).padStart(3, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tail}-${variant}-${hex.slice(20)}` as I;
};

/** Reads an id from the outside. Refused with `field.not-an-id`, naming the field. */
export const parseId = <I extends Id<string>>(text: string, field: string): I => {
  const id = text.toLowerCase();
  if (!form.test(id)) throw invalid("field.not-an-id", `${field} must be a UUID, not "${text}".`, { field });
  return id as I;
};

/** Reads a version (at least 1) from the outside. Refused with `field.not-a-version`. */
export const parseVersion = (value: number, field: string): Version => {
  if (!Number.isInteger(value) || value < 1)
    throw invalid("field.not-a-version", `${field} must be a whole number from 1, not ${value}.`, { field });
  return value as Version;
};

/** The version of a new aggregate. */
export const firstVersion = 1 as Version;

/** The version that a change makes. */
export const nextVersion = (version: Version): Version => (version + 1) as Version;
