const hidden =
  // Controls, format characters (those that turn the direction of writing, too), halves of characters, private use,
  // what Unicode has not assigned, what is ignored in display, line separators, the blank of Braille.
  /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]/u;

const joining = "Arab Beng Deva Gujr Guru Khmr Knda Mlym Mong Mymr Nkoo Orya Sinh Syrc Taml Telu"
  .split(" ")
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join("");
const joiner = "[\\u200c\\u200d]";
const letter = `[[\\p{L}\\p{M}]&&[${joining}]]`;

// What shows nothing by itself, and yet writes a word or a picture another way.
const needed = [
  // Joiners between letters of scripts that join, and after a virama (RFC 5892, appendix A).
  `(?<=${letter})${joiner}(?=${letter})`,
  "(?<=[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca])\\u200d",
  // Forms of Mongolian letters, of ideographs and of pictures (Unicode, sections 13.5 and 23.4; UTS #51).
  "(?<=\\p{Script=Mongolian})[\\u180b-\\u180f]",
  "(?<=\\p{Script=Han})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}]",
  "(?<=\\p{Extended_Pictographic})\\ufe0f",
  "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])\\u200d(?=\\p{Extended_Pictographic})",
];
const allNeeded = new RegExp(needed.join("|"), "gv");

/** One way to write a text: composed (NFC), trimmed, one space between words. What looks alike is found alike. */
export const tidy = (text: string): string =>
  text
    .normalize("NFC")
    .replaceAll(/\p{Zs}+/gu, " ")
    .trim();

/** The first character that nobody sees, as `U+202E`, where no script needs it; null where all are seen. */
export const hiddenIn = (text: string): string | null => {
  const [found] = hidden.exec(text.replaceAll(allNeeded, "")) ?? [];
  return found === undefined ? null : `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
};
