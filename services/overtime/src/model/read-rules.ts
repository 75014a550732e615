import { invalid } from "@headway/kernel/domain-error";
import { factor } from "@headway/kernel/money";
import { parseDate, Temporal } from "@headway/kernel/time";
import { JsonFields, requireForm } from "./json-fields.ts";
import { baseCode, type Rule, type Tier, type WeeklyMinutes } from "./rule.ts";

const day = 24 * 60;
const week = 7 * day;

/**
 * Reads a JSON object of rules by their ids, in the language of `agreements/README.md`. Refused with the path of each
 * mistake (`rules.night.premium`), with `rules.base` without exactly one base rule, or with `rules.guarantee` where two
 * rules guarantee the same.
 */
export const readRules = (document: string): Rule[] => {
  const rules = new JsonFields(parseJson(document), "rules").each(readRule);
  const count = (kind: Rule["kind"]) => rules.filter((rule) => rule.kind === kind).length;
  if (count("base") !== 1) refuse("rules.base", "rules", "must contain exactly one rule of kind base");
  if (count("daily-guarantee") > 1 || count("weekly-guarantee") > 1)
    refuse("rules.guarantee", "rules", "must contain at most one guarantee for the day and one for the week");
  return rules;
};

const parseJson = (document: string): unknown => {
  try {
    return JSON.parse(document);
  } catch {
    return refuse("json.broken", "rules", "must be JSON");
  }
};

const readRule = (value: unknown, path: string, id: string): Rule => {
  requireForm(id, path, /^[a-z][a-z0-9-]{0,39}$/, "daily-overtime");
  const fields = new JsonFields(value, path);
  const kind = fields.oneOf("kind", kindsOfRule);
  const code = kind === "base" ? baseCode : readCode(fields);
  const rule = readers[kind](fields, { id, code });
  fields.done();
  return rule;
};

type Head = { readonly id: string; readonly code: string };

const readers = {
  base: (_fields, head) => ({ kind: "base", ...head }),
  "daily-overtime": (fields, head) => ({
    kind: "daily-overtime",
    ...head,
    tiers: readTiers(fields),
    round: readRound(fields),
  }),
  "weekly-overtime": (fields, head) => ({
    kind: "weekly-overtime",
    ...head,
    tiers: readWeeklyTiers(fields),
    round: readRound(fields),
  }),
  "consecutive-day": (fields, head) => ({
    kind: "consecutive-day",
    ...head,
    day: fields.whole("day", 2, 7),
    tiers: readTiers(fields),
    round: readRound(fields),
  }),
  spread: (fields, head) => ({
    kind: "spread",
    ...head,
    over: fields.whole("over", 0, day),
    premium: readPremium(fields),
    pays: fields.oneOf("pays", ["work", "time"]),
    round: readRound(fields),
  }),
  night: (fields, head) => ({
    kind: "night",
    ...head,
    from: readClock(fields, "from"),
    until: readClock(fields, "until"),
    premium: readPremium(fields),
    round: readRound(fields),
  }),
  holiday: (fields, head) => ({
    kind: "holiday",
    ...head,
    dates: fields.list("dates", (item, path) => parseDate(String(item), path)),
    premium: readPremium(fields),
    round: readRound(fields),
  }),
  "daily-guarantee": (fields, head) => ({
    kind: "daily-guarantee",
    ...head,
    minutes: fields.whole("minutes", 1, day),
  }),
  "weekly-guarantee": (fields, head) => ({
    kind: "weekly-guarantee",
    ...head,
    minutes: readWeekly(fields, "minutes"),
    days: fields.whole("days", 1, 7),
  }),
} as const satisfies { readonly [Kind in Rule["kind"]]: (fields: JsonFields, head: Head) => Rule };

const kindsOfRule = Object.keys(readers) as (keyof typeof readers)[];

const readCode = (fields: JsonFields): string => {
  const code = requireForm(fields.text("code"), fields.at("code"), /^[A-Z][A-Z0-9_]{0,19}$/, "OVERTIME");
  return code === baseCode
    ? refuse("rules.base", fields.at("code"), `must not be ${baseCode}, which is worked time`)
    : code;
};

const readPremium = (fields: JsonFields) => factor(fields.whole("premium", 1, 9000));

const readRound = (fields: JsonFields) =>
  fields.value("round") === undefined ? "exact" : fields.oneOf("round", ["exact", "minute-up"]);

const readClock = (fields: JsonFields, key: string): Temporal.PlainTime =>
  Temporal.PlainTime.from(requireForm(fields.text(key), fields.at(key), /^([01]\d|2[0-3]):[0-5]\d$/, "22:00"));

const readWeekly = (fields: JsonFields, key: string): WeeklyMinutes =>
  fields.value(key) === "contract" ? "contract" : fields.whole(key, 0, week);

const readTiers = (fields: JsonFields): Tier[] =>
  rising(
    fields.list("tiers", (item, path) => readTier(item, path, (tier) => tier.whole("over", 0, day))),
    fields.at("tiers"),
  );

const readWeeklyTiers = (fields: JsonFields): Tier<WeeklyMinutes>[] => {
  const tiers = fields.list("tiers", (item, path) => readTier(item, path, (tier) => readWeekly(tier, "over")));
  if (tiers.length > 1 && tiers.some(({ over }) => over === "contract"))
    refuse("rules.tiers", fields.at("tiers"), "must be one tier where the threshold is the contract's");
  return rising(tiers, fields.at("tiers"));
};

const readTier = <Over>(item: unknown, path: string, readOver: (fields: JsonFields) => Over): Tier<Over> => {
  const fields = new JsonFields(item, path);
  const tier = { over: readOver(fields), premium: readPremium(fields) };
  fields.done();
  return tier;
};

/** A higher threshold must pay more, so that "the highest premium" and "the last threshold passed" are the same. */
const rising = <Over>(tiers: Tier<Over>[], path: string): Tier<Over>[] => {
  for (const [index, tier] of tiers.entries()) {
    const before = tiers[index - 1];
    if (before && (tier.over <= before.over || tier.premium <= before.premium))
      refuse(
        "rules.tiers",
        `${path}[${index}]`,
        "must have a higher threshold and a higher premium than the one before",
      );
  }
  return tiers;
};

const refuse = (slug: string, field: string, must: string): never => {
  throw invalid(slug, `${field} ${must}.`, { field });
};
