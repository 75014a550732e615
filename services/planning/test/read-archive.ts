import { readFeedArchive } from "../src/inbound/feed-archive.ts";
import type { ReadFeed } from "../src/model/feed/feed-reading.ts";
import type { Progress } from "../src/model/feed-import.ts";

/** Reads an archive to its end, and what it told of its progress. */
export const readArchive = async (archive: Buffer): Promise<ReadFeed & { readonly told: readonly Progress[] }> => {
  const reading = readFeedArchive(archive);
  const told: Progress[] = [];
  for (;;) {
    const step = await reading.next();
    if (step.done) return { ...step.value, told };
    told.push(step.value);
  }
};
