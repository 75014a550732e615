import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { calculateWeek } from "../src/model/calculate-week.ts";
import { readAgreement } from "../src/model/rule-set.ts";
import { minutesOf, rateHours, worked } from "./driver-week.ts";

/** One published or derived figure, beside the agreement it is of. */
type Example = {
  readonly says: string;
  readonly work: Readonly<Record<string, readonly string[]>>;
  readonly rateHours: number;
  readonly paid?: Readonly<Record<string, readonly [minutes: number, factor: number]>>;
  readonly zone?: string;
  readonly contractMinutes?: number;
  readonly final?: boolean;
};

const folder = new URL("../agreements/", import.meta.url);
const read = (file: string) => JSON.parse(readFileSync(new URL(file, folder), "utf8"));
const codes = readdirSync(folder)
  .filter((file) => file.endsWith(".json") && !file.endsWith(".examples.json"))
  .map((file) => file.replace(".json", ""));

describe.each(codes)("agreement %s", (code) => {
  const ruleSet = readAgreement(read(`${code}.json`)).at(-1);
  const examples: Example[] = read(`${code}.examples.json`);

  test("is named as its file", () => expect(ruleSet?.agreement).toBe(code));

  test.each(examples)("$says", ({ work, zone, contractMinutes = 2400, final = true, paid = {}, rateHours: wanted }) => {
    if (!ruleSet) throw new Error("No version was read.");
    const days = calculateWeek(worked(work, zone), { ruleSet, weeklyMinutes: contractMinutes }, final);
    expect(rateHours(days)).toBeCloseTo(wanted, 9);
    for (const [payCode, [minutes, factor]] of Object.entries(paid)) {
      expect(minutesOf(days, payCode)).toBe(minutes);
      const components = days.flatMap(({ components }) => components).filter((component) => component.code === payCode);
      expect(components.map((component) => component.factor)).toEqual(components.map(() => factor));
    }
  });
});
