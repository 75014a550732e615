import { conflict } from "@headway/kernel/domain-error";
import type { Tx } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { rows } from "@headway/postgres/transaction";
import type { PayPeriodId } from "../model/pay-period.ts";

export const payrollFileRepository = {
  async add(tx: Tx, period: PayPeriodId, content: string): Promise<string> {
    const [file] = await rows<{ sha256: string }>(
      tx,
      `insert into payroll_file (pay_period_id, content, sha256) values ($1, $2, encode(sha256($2), 'hex'))
       returning sha256`,
      [period, Buffer.from(content)],
    );
    if (!file) throw new Error("The payroll file was not kept.");
    return file.sha256;
  },
};

/** Bytes that are read at once. */
const stretch = 256 * 1024;

export const payrollFileQueries = ({ rows: read }: Database) => ({
  /** The file as it was handed over, in parts. Refused with `payroll.not-exported`. */
  async *parts(period: PayPeriodId): AsyncGenerator<Uint8Array> {
    const [file] = await read<{ size: number }>(
      "select length(content) as size from payroll_file where pay_period_id = $1",
      [period],
    );
    if (!file) throw conflict("payroll.not-exported", "There is no payroll file before the period is exported.");
    for (let start = 0; start < file.size; start += stretch) {
      const [part] = await read<{ content: Buffer }>(
        "select substring(content from $2 for $3) as content from payroll_file where pay_period_id = $1",
        [period, start + 1, stretch],
      );
      if (part) yield part.content;
    }
  },
});
