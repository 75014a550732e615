import type { Job } from "@headway/service/jobs";
import type { SessionsToEnd } from "../model/session.ts";
import { type EndNotedNeeds, endNoted } from "./ended-sessions.ts";

export type EndSessionsJobNeeds = EndNotedNeeds & {
  readonly noted: { left(): Promise<readonly SessionsToEnd[]> };
};

/** Ends the sessions whose user has changed and whose end was cut off: the process was killed, or the store or the database did not answer. */
export const makeEndSessionsJob = (needs: EndSessionsJobNeeds): Job => ({
  name: "end-sessions",
  everyMs: 5000,
  async run(_now, stopping) {
    for (const noted of await needs.noted.left()) {
      if (stopping.aborted) return;
      await endNoted(needs, noted);
    }
  },
});
