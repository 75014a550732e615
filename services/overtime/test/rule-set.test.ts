import { DomainError } from "@headway/kernel/domain-error";
import { Temporal } from "@headway/kernel/time";
import { expect, test } from "vitest";
import { nextRuleSet, type RuleSet, readAgreement, ruleSetOn } from "../src/model/rule-set.ts";

const base = { kind: "base" };
const night = { kind: "night", code: "NIGHT", from: "22:00", until: "06:00", premium: 200 };
const tier = (over: number, premium: number) => ({ over, premium });
const daily = { kind: "daily-overtime", code: "OVERTIME", tiers: [tier(480, 500)] };
const date = (text: string) => Temporal.PlainDate.from(text);

const next = (rules: unknown, { earlier = [], agreement = "test", from = "2026-01-05" }: Given = {}): RuleSet =>
  nextRuleSet(earlier, { agreement, from: date(from), document: JSON.stringify(rules) ?? "" });
type Given = { readonly earlier?: readonly RuleSet[]; readonly agreement?: string; readonly from?: string };

const findingsOf = (work: () => unknown): string[] => {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof DomainError) return error.findings.map(({ field, slug }) => `${field} ${slug}`);
    throw error;
  }
};

test.each<[string, unknown, string[]]>([
  ["what is no JSON", undefined, ["rules json.broken"]],
  ["a list", [], ["rules json.not-an-object"]],
  ["no rules", {}, ["rules rules.base"]],
  ["two base rules", { base, more: base }, ["rules rules.base"]],
  ["worked time under another rule", { base, night: { ...night, code: "BASE" } }, ["rules.night.code rules.base"]],
  ["two guarantees of the same", { base, a: guarantee(480), b: guarantee(360) }, ["rules rules.guarantee"]],
  ["an id with a capital", { base, Night: night }, ["rules.Night json.wrong-form"]],
  ["a misspelt field", { base, night: { ...night, premum: 1 } }, ["rules.night.premum json.unknown-field"]],
  ["an unknown kind", { base, night: { ...night, kind: "moon" } }, ["rules.night.kind field.not-allowed"]],
  ["a time that is none", { base, night: { ...night, until: "25:00" } }, ["rules.night.until json.wrong-form"]],
  ["a premium of nothing", { base, night: { ...night, premium: 0 } }, ["rules.night.premium field.out-of-range"]],
  ["a text for a number", { base, night: { ...night, premium: "20" } }, ["rules.night.premium json.not-a-number"]],
  ["no tiers", { base, daily: { ...daily, tiers: [] } }, ["rules.daily.tiers json.not-a-list"]],
  [
    "tiers that fall",
    { base, daily: { ...daily, tiers: [tier(600, 500), tier(480, 1000)] } },
    ["rules.daily.tiers[1] rules.tiers"],
  ],
  [
    "a date that is none",
    { base, day: { kind: "holiday", code: "H", dates: ["2026-02-30"], premium: 1 } },
    ["rules.day.dates[0] field.not-a-date"],
  ],
  [
    "all wrong rules at once",
    { base, night: { ...night, premium: 0 }, daily: { ...daily, code: "x" } },
    ["rules.night.premium field.out-of-range", "rules.daily.code json.wrong-form"],
  ],
])("refuses %s and names the path", (_, rules, findings) => {
  expect(findingsOf(() => next(rules))).toEqual(findings);
});

function guarantee(minutes: number) {
  return { kind: "daily-guarantee", code: "MAKE_UP", minutes };
}

test.each<[string, Given, string[]]>([
  ["a start in mid-week", { from: "2026-01-06" }, ["validFrom rule-set.not-a-monday"]],
  ["a version that is not later than the last", { earlier: [next({ base })] }, ["validFrom rule-set.not-after-last"]],
  ["a code with a capital", { agreement: "Metro" }, ["agreement json.wrong-form"]],
])("refuses %s", (_, given, findings) => {
  expect(findingsOf(() => next({ base }, given))).toEqual(findings);
});

test("a version counts from its Monday until the next one starts", () => {
  const first = next({ base });
  const other = next({ base }, { agreement: "other", from: "2026-01-19" });
  const second = next({ base, night }, { earlier: [first, other], from: "2026-02-02" });
  const on = (text: string) => ruleSetOn(date(text), "test", [first, other, second])?.version ?? null;
  expect(["2025-12-29", "2026-01-05", "2026-01-26", "2026-02-02", "2030-01-07"].map(on)).toEqual([null, 1, 1, 2, 2]);
});

test("an agreement that Headway brings along has its versions in order", () => {
  const version = (from: string, rules: object) => ({ from, rules });
  const file = { agreement: "test", title: "Test", source: "Test" };
  const versions = [version("2026-01-05", { base }), version("2026-02-02", { base, night })];
  expect(readAgreement({ ...file, versions }).map((read) => read.version)).toEqual([1, 2]);
  expect(findingsOf(() => readAgreement({ ...file, versions: versions.toReversed() }))).toEqual([
    "validFrom rule-set.not-after-last",
  ]);
});
