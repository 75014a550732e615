import { conflict } from "@headway/kernel/domain-error";
import type { DriverId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { onViolation } from "@headway/postgres/failure";
import { execute, rows } from "@headway/postgres/transaction";
import { readRules } from "../model/read-rules.ts";
import type { RuleSet } from "../model/rule-set.ts";
import { builtInRuleSets } from "./built-in-agreements.ts";

const columns = "agreement, version, valid_from, document";
const select = `select ${columns} from rule_set order by agreement, version`;

export const ruleSetRepository = {
  /** Each agreement's versions in order. */
  all: async (tx: Tx): Promise<readonly RuleSet[]> => withBuiltIn(await rows<RuleSetRecord>(tx, select)),

  /** Those of the agreements that these drivers have or had, each agreement's versions in order. */
  under: async (tx: Tx, drivers: readonly DriverId[]): Promise<readonly RuleSet[]> => {
    const agreements = "select agreement from contract where driver_id = any($1::uuid[])";
    const under = `select ${columns} from rule_set where agreement in (${agreements}) order by agreement, version`;
    return withBuiltIn(await rows<RuleSetRecord>(tx, under, [drivers]));
  },

  /** Refused with `rule-set.not-after-last` if somebody else was faster. */
  async add(tx: Tx, { agreement, version, from, document }: RuleSet): Promise<void> {
    const taken = () =>
      conflict("rule-set.not-after-last", "Somebody just published another version of this agreement.");
    await execute(tx, "insert into rule_set (agreement, version, valid_from, document) values ($1, $2, $3, $4)", [
      ...[agreement, version, from.toString(), document],
    ]).catch(onViolation({ rule_set_pkey: taken }));
  },
};

export const ruleSetQueries = (db: Database) => ({
  all: async (): Promise<readonly RuleSet[]> => withBuiltIn(await db.rows<RuleSetRecord>(select)),
});

/** What was published here goes before what Headway brings along under the same number. */
const withBuiltIn = (records: readonly RuleSetRecord[]): readonly RuleSet[] => {
  const published = records.map(toModel);
  const isPublished = ({ agreement, version }: RuleSet) =>
    published.some((ruleSet) => ruleSet.agreement === agreement && ruleSet.version === version);
  return [...builtInRuleSets.filter((ruleSet) => !isPublished(ruleSet)), ...published];
};

type RuleSetRecord = { agreement: string; version: number; valid_from: string; document: string };

const toModel = ({ agreement, version, valid_from, document }: RuleSetRecord): RuleSet => ({
  agreement,
  version,
  from: Temporal.PlainDate.from(valid_from),
  document,
  rules: readRules(document),
});
