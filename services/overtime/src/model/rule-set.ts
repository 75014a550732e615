import { conflict, invalid } from "@headway/kernel/domain-error";
import { type PlainDate, Temporal } from "@headway/kernel/time";
import { JsonFields, requireForm } from "./json-fields.ts";
import { readRules } from "./read-rules.ts";
import type { Rule } from "./rule.ts";

/** The pay rules of an agreement from a Monday on, until its next version starts. */
export type RuleSet = {
  readonly agreement: string;
  /** From 1. */
  readonly version: number;
  readonly from: PlainDate;
  readonly rules: readonly Rule[];
  /** The rules as they were written, in JSON. */
  readonly document: string;
};

/** The rules that the week from this Monday is paid by; nothing before the first version. `ruleSets` are in order. */
export const ruleSetOn = (monday: PlainDate, agreement: string, ruleSets: readonly RuleSet[]): RuleSet | null =>
  ruleSets.findLast(
    (ruleSet) => ruleSet.agreement === agreement && Temporal.PlainDate.compare(ruleSet.from, monday) <= 0,
  ) ?? null;

export type WrittenRules = { readonly agreement: string; readonly from: PlainDate; readonly document: string };

/**
 * The version of an agreement that follows `earlier`, or its first. Refused with `rule-set.not-a-monday`, with
 * `rule-set.not-after-last` (what was agreed is dated, never overwritten), or with the path of each mistake in the rules.
 */
export const nextRuleSet = (earlier: readonly RuleSet[], { agreement, from, document }: WrittenRules): RuleSet => {
  const last = earlier.findLast((ruleSet) => ruleSet.agreement === agreement);
  requireForm(agreement, "agreement", /^[a-z][a-z0-9-]{0,39}$/, "guarantee-2");
  if (from.dayOfWeek !== 1)
    throw invalid("rule-set.not-a-monday", "Pay rules start on a Monday: a week is paid by one version.", {
      field: "validFrom",
    });
  if (last && Temporal.PlainDate.compare(from, last.from) <= 0)
    throw conflict(
      "rule-set.not-after-last",
      `The new version must start after ${last.from}, when the present one did.`,
      {
        field: "validFrom",
      },
    );
  return { agreement, version: (last?.version ?? 0) + 1, from, rules: readRules(document), document };
};

/** Reads the versions of an agreement that Headway brings along (`agreements/README.md`). Refused as `nextRuleSet`. */
export const readAgreement = (file: unknown): RuleSet[] => {
  const fields = new JsonFields(file, "file");
  const agreement = fields.text("agreement");
  fields.text("title");
  fields.text("source");
  const written = fields.list("versions", (item, path) => {
    const version = new JsonFields(item, path);
    const rules = { agreement, from: version.date("from"), document: JSON.stringify(version.value("rules")) };
    version.done();
    return rules;
  });
  fields.done();
  return written.reduce<RuleSet[]>((earlier, rules) => earlier.concat(nextRuleSet(earlier, rules)), []);
};
