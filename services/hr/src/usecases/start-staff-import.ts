import type { Instant } from "@headway/kernel/clock";
import { newId } from "@headway/kernel/ids";
import type { Command, Tx } from "@headway/kernel/tx";
import type { StaffImportId } from "../model/staff-import.ts";

export type StartStaffImportInput = { readonly content: Uint8Array; readonly at: Instant };

export type StartStaffImportNeeds = {
  readonly imports: { add(tx: Tx, id: StaffImportId, content: Uint8Array, startedAt: Instant): Promise<void> };
};

/** Keeps the file; the job works it off. What was answered is not lost by a kill. */
export const startStaffImport =
  ({ imports }: StartStaffImportNeeds): Command<StartStaffImportInput, StaffImportId> =>
  async (tx, { content, at }) => {
    const id = newId<StaffImportId>();
    await imports.add(tx, id, content, at);
    return id;
  };
