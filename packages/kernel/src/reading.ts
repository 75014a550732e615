import { invalid } from "./domain-error.ts";
import { hiddenIn, tidy } from "./text.ts";

/** Reads a line of text, a name or a code, that must be there: tidy, 1 to `most` characters, all of them seen. Refused with `field.empty`, `field.too-long` or `field.hidden-character`. */
export const requireText = (text: string, field: string, most = 200): string => {
  const read = tidy(text);
  if (read === "") throw invalid("field.empty", `${field} must not be empty.`, { field });
  if (read.length > most)
    throw invalid("field.too-long", `${field} must have at most ${most} characters, not ${read.length}.`, { field });
  const hidden = hiddenIn(read);
  if (hidden)
    throw invalid("field.hidden-character", `${field} has a character that nobody sees: ${hidden}. Leave it out.`, {
      field,
    });
  return read;
};

/** Reads one of a closed set of words. Refused with `field.not-allowed`, naming the words. */
export const requireOneOf = <T extends string>(text: string, words: readonly T[], field: string): T => {
  const found = words.find((word) => word === text);
  if (found === undefined)
    throw invalid("field.not-allowed", `${field} must be one of ${words.join(", ")}, not "${text}".`, { field });
  return found;
};

/** Reads a whole number within bounds, both included. Refused with `field.out-of-range`. */
export const requireWhole = (value: number, least: number, most: number, field: string): number => {
  if (!Number.isInteger(value) || value < least || value > most)
    throw invalid("field.out-of-range", `${field} must be a whole number from ${least} to ${most}, not ${value}.`, {
      field,
    });
  return value;
};
