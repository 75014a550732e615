import type { Command, Tx } from "@headway/kernel/tx";
import { nextRuleSet, type RuleSet, type WrittenRules } from "../model/rule-set.ts";

export type PublishRuleSetNeeds = {
  readonly ruleSets: {
    all(tx: Tx): Promise<readonly RuleSet[]>;
    /** Refused with `rule-set.not-after-last` if somebody else was faster. */
    add(tx: Tx, ruleSet: RuleSet): Promise<void>;
  };
  readonly weeks: {
    /** The weeks from then on of every driver who ever was under the agreement will be calculated anew. */
    markStaleUnder(tx: Tx, ruleSet: RuleSet): Promise<void>;
  };
};

/** A new version of an agreement's pay rules, also for weeks that are over. Refused as `nextRuleSet`. */
export const publishRuleSet =
  ({ ruleSets, weeks }: PublishRuleSetNeeds): Command<WrittenRules, RuleSet> =>
  async (tx, written) => {
    const ruleSet = nextRuleSet(await ruleSets.all(tx), written);
    await ruleSets.add(tx, ruleSet);
    await weeks.markStaleUnder(tx, ruleSet);
    return ruleSet;
  };
