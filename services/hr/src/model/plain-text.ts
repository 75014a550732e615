import { invalid } from "@headway/kernel/domain-error";
import { requireText } from "@headway/kernel/reading";

/** Reads a name, number or code. Refused as `requireText` says, with `field.formula` or `field.not-utf-8`. */
export const plainText = (text: string, field: string, most?: number): string => {
  const read = requireText(text, field, most);
  // A spreadsheet would run such a cell (OWASP, CSV injection).
  if (/^[=+\-@]/.test(read))
    throw invalid("field.formula", `${field} must not begin with "${read[0]}": a spreadsheet would run it.`, { field });
  // What a byte of another encoding was read as; no name has it.
  if (read.includes("\ufffd"))
    throw invalid("field.not-utf-8", `${field} is not UTF-8. Save the file as UTF-8.`, { field });
  return read;
};
