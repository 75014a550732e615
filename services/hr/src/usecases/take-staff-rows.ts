import type { Instant } from "@headway/kernel/clock";
import { DomainError } from "@headway/kernel/domain-error";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Depot } from "../model/depot.ts";
import type { Employee } from "../model/employee.ts";
import type { HrEvent } from "../model/hr-event.ts";
import type { NumberedRow, RowFinding, StaffImportId, Tally } from "../model/staff-import.ts";
import { readStaffRow, type StaffRow, takeStaffRow } from "../model/staff-row.ts";

export type TakeStaffRowsInput = {
  readonly import: StaffImportId;
  readonly rows: readonly NumberedRow[];
  /** Employee numbers of earlier rows of the file: one that comes again is a mistake of the file. */
  readonly seen: ReadonlySet<string>;
  readonly now: Instant;
};

export type TakeStaffRowsNeeds = {
  readonly depots: { byCode(tx: Tx): Promise<ReadonlyMap<string, Depot>> };
  readonly employees: {
    lockByNumber(tx: Tx, numbers: readonly string[]): Promise<ReadonlyMap<string, Employee>>;
    add(tx: Tx, employees: readonly Employee[]): Promise<void>;
    save(tx: Tx, employees: readonly Employee[]): Promise<void>;
  };
  readonly imports: { advance(tx: Tx, id: StaffImportId, rows: number, tally: Tally): Promise<void> };
  readonly events: { record(tx: Tx, events: readonly HrEvent[]): Promise<void> };
};

/** Works off a stretch of a staff list: good rows in, bad rows named. The stretch and the mark how far it is are one transaction. */
export const takeStaffRows =
  ({ depots, employees, imports, events }: TakeStaffRowsNeeds): Command<TakeStaffRowsInput, Tally> =>
  async (tx, input) => {
    const { good, findings } = sort(input, await depots.byCode(tx));
    const known = await employees.lockByNumber(
      tx,
      good.map(({ staff }) => staff.number),
    );
    const hired: Employee[] = [];
    const changed: Employee[] = [];
    const told: HrEvent[] = [];
    for (const { row, staff } of good) {
      try {
        const before = known.get(staff.number) ?? null;
        const { next, events } = takeStaffRow(staff, before, input.now);
        told.push(...events);
        if (!before) hired.push(next);
        else if (next !== before) changed.push(next);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        findings.push({ row, field: error.findings[0]?.field ?? "", slug: error.slug, message: error.message });
      }
    }
    await employees.add(tx, hired);
    await employees.save(tx, changed);
    await events.record(tx, told);
    const bad = new Set(findings.map(({ row }) => row)).size;
    const tally = {
      hired: hired.length,
      changed: changed.length,
      unchanged: input.rows.length - bad - hired.length - changed.length,
      findings,
    };
    await imports.advance(tx, input.import, input.rows.length, tally);
    return tally;
  };

const sort = ({ rows, seen }: TakeStaffRowsInput, depots: ReadonlyMap<string, Depot>) => {
  const good: { readonly row: number; readonly staff: StaffRow }[] = [];
  const findings: RowFinding[] = [];
  const here = new Set<string>();
  for (const { row, record } of rows) {
    const read = readStaffRow(record, depots);
    if (!("number" in read)) {
      findings.push(...read.map((finding) => ({ ...finding, row })));
    } else if (seen.has(read.number) || here.has(read.number)) {
      findings.push({
        row,
        field: "number",
        slug: "staff.number-twice",
        message: `${read.number} stands in an earlier row of the file already.`,
      });
    } else {
      here.add(read.number);
      good.push({ row, staff: read });
    }
  }
  return { good, findings };
};
