import { newId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { FeedImportId, HandedIn } from "../model/feed-import.ts";

export type StartFeedImportNeeds = {
  readonly imports: { add(tx: Tx, id: FeedImportId, input: HandedIn): Promise<void> };
};

/** Keeps the zip; the job reads it. What was answered is not lost by a kill. */
export const startFeedImport =
  ({ imports }: StartFeedImportNeeds): Command<HandedIn, FeedImportId> =>
  async (tx, input) => {
    const id = newId<FeedImportId>();
    await imports.add(tx, id, input);
    return id;
  };
