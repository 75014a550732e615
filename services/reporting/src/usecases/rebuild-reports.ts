import { unavailable } from "@headway/kernel/domain-error";
import type { Progress, Rebuild } from "../model/rebuild.ts";

export type RebuildReportsNeeds = {
  /** The services whose logs make the reports. */
  readonly sources: readonly string[];
  readonly shadow: {
    /** Makes empty read models beside those that everybody sees. */
    begin(): Promise<Rebuild>;
    /** Reads a log from a position to its end into the shadow. */
    follow(rebuild: Rebuild, source: string, from: bigint): Promise<Progress>;
    /** Puts the shadow in the place of the read models, unless these have heard of more; answers whether it did. */
    takeOver(rebuild: Rebuild): Promise<boolean>;
  };
  readonly delivery: { hold(): void; resume(): void };
};

const mostTries = 10;

/**
 * Makes all read models anew from the services' logs, beside those in use, and then puts them in their place.
 * Answers how many events were read. Not one transaction, and no calls within one: killed at any step, the reports
 * stay as they were. Events that arrive meanwhile are heard as ever; the new ones take over only once they know
 * all of them. Refused with `reports.rebuild-overtaken`, or `reports.rebuild-outrun` where others hear faster than this one reads.
 */
export const rebuildReports =
  ({ sources, shadow, delivery }: RebuildReportsNeeds) =>
  async (): Promise<number> => {
    const rebuild = await shadow.begin();
    const positions = new Map(sources.map((source) => [source, 0n]));
    let events = 0;
    const follow = async (source: string): Promise<void> => {
      const progress = await shadow.follow(rebuild, source, positions.get(source) ?? 0n);
      positions.set(source, progress.position);
      events += progress.events;
    };
    try {
      for (let tries = 1; tries <= mostTries; tries++) {
        await Promise.all(sources.map(follow));
        if (await shadow.takeOver(rebuild)) return events;
        // What is left is little: hold new events back until it is read.
        delivery.hold();
      }
    } finally {
      delivery.resume();
    }
    throw unavailable("reports.rebuild-outrun", "Events arrive faster than they can be read again. Try again later.", {
      retryAfter: 60,
    });
  };
