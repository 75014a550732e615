import type { Planting } from "../planted.ts";

/** A planted corruption: exactly the checks that find it, in their order, and what the findings say of it. */
export type Corruption = Planting & {
  readonly what: string;
  readonly foundBy: readonly string[];
  readonly says: RegExp;
};
