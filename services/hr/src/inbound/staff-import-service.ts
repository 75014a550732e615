import type { ServiceImpl } from "@connectrpc/connect";
import { ImportState, type StaffImportService } from "@headway/contracts/gen/headway/hr/v1/staff_import_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Clock, Instant } from "@headway/kernel/clock";
import { invalid } from "@headway/kernel/domain-error";
import { parseId } from "@headway/kernel/ids";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import type { StaffImport, StaffImportId } from "../model/staff-import.ts";
import type { staffImportQueries } from "../outbound/staff-import-repository.ts";

export type StaffImportServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly startStaffImport: Command<{ readonly content: Uint8Array; readonly at: Instant }, StaffImportId>;
  readonly imports: Pick<ReturnType<typeof staffImportQueries>, "get">;
  /** The job may begin. */
  readonly wake: () => void;
};

/** The most bytes of a staff list; 100,000 rows are about 10 MB. */
const mostBytes = 64 * 1024 * 1024;

export const staffImportService = ({
  inTx,
  clock,
  startStaffImport,
  imports,
  wake,
}: StaffImportServiceNeeds): ServiceImpl<typeof StaffImportService> => ({
  async startStaffImport(parts) {
    const content = await gather(parts);
    const id = await inTx((tx) => startStaffImport(tx, { content, at: clock.now() }));
    wake();
    return { import: toStaffImport(await imports.get(id)) };
  },

  getStaffImport: async ({ importId }) => ({
    import: toStaffImport(await imports.get(parseId<StaffImportId>(importId, "importId"))),
  }),
});

const gather = async (parts: AsyncIterable<{ content: Uint8Array }>): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const { content } of parts) {
    bytes += content.length;
    if (bytes > mostBytes)
      throw invalid(
        "staff-import.too-large",
        `A staff list may have at most ${mostBytes / 1024 / 1024} MB. Split it.`,
        { field: "content" },
      );
    chunks.push(content);
  }
  if (bytes === 0) throw invalid("staff-import.empty", "The file is empty.", { field: "content" });
  return Buffer.concat(chunks);
};

const states = wordsOf<StaffImport["state"], ImportState>({
  running: ImportState.RUNNING,
  done: ImportState.DONE,
  failed: ImportState.FAILED,
});

const toStaffImport = ({ state, startedAt, findings, ...same }: StaffImport) => ({
  ...same,
  state: states.toProto(state),
  startedAt: toTimestamp(startedAt),
  findings: [...findings],
});
