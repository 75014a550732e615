import { type CountedRule, countRule, type WorkRule } from "./work-rule.ts";

const hours = (count: number): number => count * 60;

/** Directive 2003/88/EC: rest of 11 h in each 24 h (so a spread of 13 h); 48 h a week on average, so a longer week asks for a reason. */
const europe: readonly WorkRule[] = [
  {
    id: "eu-2003-88.rest",
    version: 1,
    from: "2004-08-02",
    to: null,
    level: "error",
    measure: "rest",
    limit: hours(11),
  },
  {
    id: "eu-2003-88.spread",
    version: 1,
    from: "2004-08-02",
    to: null,
    level: "error",
    measure: "spread",
    limit: hours(13),
  },
  {
    id: "eu-2003-88.week",
    version: 1,
    from: "2004-08-02",
    to: null,
    level: "warning",
    measure: "weekly-work",
    limit: hours(48),
  },
];

/** Directive 2005/47/EC (rail across borders): rest of 12 h; the rest as for everybody. */
const europeanRail: readonly WorkRule[] = [
  {
    id: "eu-2005-47.rest",
    version: 1,
    from: "2008-07-27",
    to: null,
    level: "error",
    measure: "rest",
    limit: hours(12),
  },
  ...europe.filter(({ measure }) => measure !== "rest"),
];

/** Everett Transit (United States, bus): 9 h off between duties, 12 h of work within a spread of 14 h. */
const everett: readonly WorkRule[] = [
  { id: "everett.rest", version: 1, from: null, to: null, level: "error", measure: "rest", limit: hours(9) },
  { id: "everett.work", version: 1, from: null, to: null, level: "error", measure: "daily-work", limit: hours(12) },
  { id: "everett.spread", version: 1, from: null, to: null, level: "error", measure: "spread", limit: hours(14) },
];

const agreements: ReadonlyMap<string, readonly CountedRule[]> = new Map(
  Object.entries({ "eu-2003-88": europe, "eu-2005-47": europeanRail, everett }).map(([code, rules]) => [
    code,
    rules.map(countRule),
  ]),
);

const statutory = europe.map(countRule);

/** The work rules of an agreement in all their versions. An agreement without rules of its own has the statutory ones. */
export const workRulesOf = (agreement: string): readonly CountedRule[] => agreements.get(agreement) ?? statutory;
