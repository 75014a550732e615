import type { Check } from "./finding.ts";
import type { Audited } from "./logs.ts";
import { checkComponents } from "./payroll/components.ts";
import { checkLines } from "./payroll/corrections.ts";
import { checkFiles } from "./payroll/files.ts";
import { readLines } from "./payroll/lines.ts";
import { checkPaidWork } from "./payroll/paid-work.ts";

/** Payroll against worked time: every minute worked is paid, once, with all that it earns beside, and nothing else is. */
export const checkPayroll = async (audited: Audited): Promise<readonly Check[]> => {
  const lines = await readLines(audited.db);
  return [
    ...(await checkPaidWork(audited)),
    ...(await checkComponents(audited, lines)),
    ...checkLines(lines),
    ...(await checkFiles(audited, lines)),
  ];
};
