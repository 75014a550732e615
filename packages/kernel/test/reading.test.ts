import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requireText } from "../src/reading.ts";
import { hiddenIn, tidy } from "../src/text.ts";

const read = (text: string, most?: number) => requireText(text, "name", most);
const refused = (slug: string) =>
  expect.objectContaining({ kind: "invalid", slug, findings: [expect.objectContaining({ field: "name" })] }) as Error;

describe("a name in any script is read as it is", () => {
  test.each([
    ["Latin", "Nuñez-O’Brien"],
    ["Hebrew", "נֹעַם לֵוִי"],
    ["Arabic", "مُحَمَّد الفاسي"],
    ["Persian, with a non-joiner", "علی‌رضا"],
    ["Hindi, with a joiner", "क्‍ष"],
    ["Malayalam, its last letter joined the old way", "അവന്‍"],
    ["Sinhala", "ශ්‍රී"],
    ["Bengali", "র‌্যাব"],
    ["Mongolian, with a letter's other form", "ᠬᠠᠷ᠎ᠠ"],
    ["Japanese, with an ideograph's other form", "葛󠄀城"],
    ["Chinese", "王小明"],
    ["Korean", "김민준"],
    ["Thai", "สมชาย"],
    ["beyond the first plane", "𐐀𐐨"],
    ["a picture", "⚠️ 👩🏽‍🚒"],
  ])("%s", (_script, name) => {
    expect(read(name)).toBe(name);
  });
});

describe("one way to write it", () => {
  test.each([
    ["spaces around", "  Ilse \t", "Ilse"],
    ["spaces within", "Ilse   van  Dam", "Ilse van Dam"],
    ["spaces that are not plain", "Ilse\u00a0van\u2009\u3000Dam", "Ilse van Dam"],
    ["accents apart", "Jose\u0301", "José"],
    ["Hangul in parts", "\u1100\u1161\u11a8", "각"],
  ])("%s", (_what, said, written) => {
    expect(read(said)).toBe(written);
  });
});

describe("a character that nobody sees is refused and named", () => {
  test.each([
    ["a zero-width space", "Il\u200bse", "U+200B"],
    ["a joiner where none is needed", "Il\u200dse", "U+200D"],
    ["a non-joiner at the end", "علی\u200c", "U+200C"],
    ["two joiners at once", "क्\u200d\u200dष", "U+200D"],
    ["a mark of direction", "Il\u200fse", "U+200F"],
    ["an override of direction", "Il\u202ese", "U+202E"],
    ["an isolate", "Il\u2066se\u2069", "U+2066"],
    ["a soft hyphen", "Il\u00adse", "U+00AD"],
    ["a byte order mark within", "Il\ufeffse", "U+FEFF"],
    ["a control character", "Il\u0007se", "U+0007"],
    ["a new line", "Il\nse", "U+000A"],
    ["a line separator", "Il\u2028se", "U+2028"],
    ["half a character", "Il\ud83dse", "U+D83D"],
    ["private use", "Il\ue000se", "U+E000"],
    ["what is no character", "Il\uffffse", "U+FFFF"],
    ["a tag", "Il\u{e0041}se", "U+E0041"],
    ["a Hangul filler", "\u3164", "U+3164"],
    ["a grapheme joiner", "Il\u034fse", "U+034F"],
    ["another form of nothing", "Il\ufe0fse", "U+FE0F"],
    ["a blank of Braille", "\u2800", "U+2800"],
  ])("%s", (_what, said, named) => {
    expect(hiddenIn(said)).toBe(named);
    expect(() => read(said)).toThrow(refused("field.hidden-character"));
    expect(() => read(said)).toThrow(named);
  });
});

test.each([
  ["nothing", "", "field.empty"],
  ["blanks only", " \u00a0\t", "field.empty"],
  ["too much", "abcde", "field.too-long"],
])("%s is refused", (_what, said, slug) => {
  expect(() => read(said, 4)).toThrow(refused(slug));
});

const character = fc.integer({ min: 0, max: 0x10ffff }).map((point) => String.fromCodePoint(point));
const characters = (wanted: RegExp) => fc.string({ unit: character.filter((one) => wanted.test(one)), minLength: 1 });

test("letters, marks and digits of any script go in, but for the few that show nothing", () => {
  fc.assert(
    fc.property(characters(/(?=[\p{L}\p{M}\p{N}])\P{Default_Ignorable_Code_Point}/u), (name) => {
      expect(read(name, 1000)).toBe(name.normalize("NFC"));
    }),
  );
});

test("whatever is said, what is read is tidy, is read again the same, and shows every character or needs it", () => {
  const spoilt = fc.string({
    unit: fc.oneof(character, fc.constantFrom(" ", "\u00a0", "a", "ي", "क्", "\u200c", "\u200d", "\u202e")),
  });
  fc.assert(
    fc.property(spoilt, (said) => {
      const hidden = hiddenIn(tidy(said));
      if (tidy(said) === "" || hidden) return void expect(() => read(said, 1000)).toThrow();
      const name = read(said, 1000);
      expect(name).toBe(name.normalize("NFC"));
      expect(name).not.toMatch(/^\s|\s$|\s\s/);
      expect(read(name, 1000)).toBe(name);
      expect(name).not.toMatch(/[\p{Cc}\p{Co}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
    }),
    { numRuns: 2000 },
  );
});
