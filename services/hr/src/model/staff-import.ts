import type { Instant } from "@headway/kernel/clock";
import type { Finding } from "@headway/kernel/domain-error";
import type { Id } from "@headway/kernel/ids";
import type { StaffRecord } from "./staff-row.ts";

export type StaffImportId = Id<"StaffImport">;

/** A row as it stands in the file: its number counts from 1, the header included. */
export type NumberedRow = { readonly row: number; readonly record: StaffRecord };
export type RowFinding = Finding & { readonly row: number };

/** What became of some rows. */
export type Tally = {
  readonly hired: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly findings: readonly RowFinding[];
};

export type StaffImport = {
  readonly id: StaffImportId;
  readonly state: "running" | "done" | "failed";
  readonly rows: number;
  readonly rowsDone: number;
  readonly hired: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly bad: number;
  readonly findings: readonly RowFinding[];
  /** Why nothing of it could be used. */
  readonly reason: string;
  readonly startedAt: Instant;
};
