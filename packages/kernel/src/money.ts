import type { Brand } from "./brand.ts";
import { invalid } from "./domain-error.ts";

/** An amount in the smallest unit of its currency (cents, yen). */
export type Minor = Brand<number, "Minor">;

/** Thousandths: 1500 is time and a half. */
export type Factor = Brand<number, "Factor">;

/** Takes a number for an amount in minor units. */
export const minor = (amount: number): Minor => amount as Minor;
/** Takes a number for a factor in thousandths. */
export const factor = (thousandths: number): Factor => thousandths as Factor;

/**
 * Pay for `minutes` at an hourly rate: minutes / 60 x rate x factor, halves away from zero, exact (no floating point).
 */
export const payFor = (minutes: number, hourly: Minor, thousandths: Factor): Minor => {
  const scaled = BigInt(minutes) * BigInt(hourly) * BigInt(thousandths);
  const magnitude = ((scaled < 0n ? -scaled : scaled) * 2n + 60_000n) / 120_000n;
  return Number(scaled < 0n ? -magnitude : magnitude) as Minor;
};

/** Reads an ISO 4217 code. Refused with `field.not-a-currency`. */
export const parseCurrency = (text: string, field: string): string => {
  if (!/^[A-Z]{3}$/.test(text))
    throw invalid("field.not-a-currency", `${field} must be a currency like EUR, not "${text}".`, { field });
  return text;
};
