import type { Job } from "@headway/service/jobs";
import type { Replacement, ReplacementId } from "../model/replacement.ts";

export type ReplacementJobNeeds = {
  readonly replacements: { wanted(): Promise<readonly ReplacementId[]> };
  readonly pursueReplacement: (id: ReplacementId) => Promise<Replacement>;
};

/** Takes up the replacements that were cut off: the process was killed, or the roster did not answer. */
export const makeReplacementJob = ({ replacements, pursueReplacement }: ReplacementJobNeeds): Job => ({
  name: "pursue-replacements",
  everyMs: 5000,
  async run(_now, stopping) {
    const failures: unknown[] = [];
    for (const id of await replacements.wanted()) {
      if (stopping.aborted) return;
      await pursueReplacement(id).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw failures[0];
  },
});
