import { DomainError } from "@headway/kernel/domain-error";
import { tidy } from "@headway/kernel/text";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { Job } from "@headway/service/jobs";
import type { StaffImportId, Tally } from "../model/staff-import.ts";
import type { staffImportQueries, staffImportRepository } from "../outbound/staff-import-repository.ts";
import type { TakeStaffRowsInput } from "../usecases/take-staff-rows.ts";
import { readStaffList } from "./staff-list.ts";

export type StaffImportJobNeeds = {
  readonly inTx: Database["inTx"];
  readonly takeStaffRows: Command<TakeStaffRowsInput, Tally>;
  readonly imports: Pick<typeof staffImportRepository, "begin" | "takeInHand" | "end">;
  readonly queries: Pick<ReturnType<typeof staffImportQueries>, "running" | "content">;
};

export const staffImportJob = "staff-import";

/** Rows in one transaction: few enough for progress that one sees, many enough to be quick. */
const stretch = 500;

/** Works off the staff lists that wait; goes on where an earlier process was killed. */
export const makeStaffImportJob = ({ inTx, takeStaffRows, imports, queries }: StaffImportJobNeeds): Job => ({
  name: staffImportJob,
  everyMs: 2000,
  async run(now, stopping) {
    for (const id of await queries.running()) await workOff(id).catch((error) => giveUp(id, error));

    async function workOff(id: StaffImportId): Promise<void> {
      const rows = readStaffList(await queries.content(id));
      await inTx((tx) => imports.begin(tx, id, rows.length));
      const seen = new Set<string>();
      let start = 0;
      while (!stopping.aborted) {
        const next = await inTx(async (tx) => {
          const done = await imports.takeInHand(tx, id);
          if (done === null) return null;
          for (const { record } of rows.slice(start, done)) seen.add(tidy(record.number));
          const part = rows.slice(done, done + stretch);
          if (part.length === 0) await imports.end(tx, id, "done", "");
          else await takeStaffRows(tx, { import: id, rows: part, seen, now });
          return part.length === 0 ? null : done;
        });
        if (next === null) return;
        for (const { record } of rows.slice(next, next + stretch)) seen.add(tidy(record.number));
        start = next + stretch;
      }
    }

    async function giveUp(id: StaffImportId, error: unknown): Promise<void> {
      if (!(error instanceof DomainError) || error.kind !== "invalid") throw error;
      await inTx((tx) => imports.end(tx, id, "failed", error.message));
    }
  },
});
