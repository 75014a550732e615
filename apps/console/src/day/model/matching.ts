import type { Duty } from "./duty.ts";

type Match = { readonly duty: Duty; readonly rank: number };

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLocaleLowerCase();

/** Duties whose run, driver's name or number fits what was typed, best first; all words must fit. */
export const matching = (duties: readonly Duty[], typed: string): readonly Duty[] => {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return [];
  return duties
    .map((duty): Match => ({ duty, rank: rankOf(duty, words) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank || a.duty.starts - b.duty.starts)
    .map(({ duty }) => duty);
};

const rankOf = (duty: Duty, words: readonly string[]): number => {
  const texts = [duty.run, duty.driver?.number ?? "", duty.driver?.name ?? "", duty.missedBy?.name ?? ""].map(plain);
  let rank = 0;
  for (const word of words) {
    const best = Math.max(...texts.map((text) => rankOfWord(text, word)));
    if (best === 0) return 0;
    rank += best;
  }
  return rank;
};

const rankOfWord = (text: string, word: string): number => {
  if (text === word) return 4;
  if (text.startsWith(word)) return 3;
  if (text.split(/[\s-]/).some((part) => part.startsWith(word))) return 2;
  return text.includes(word) ? 1 : 0;
};
