import type { Setting } from "./config.ts";

/** One that must be set, read by `read`, which throws an Error that says what the text must be. */
export const setting =
  <T>(read: (text: string) => T): Setting<T> =>
  (text) => {
    if (text === undefined) throw new Error("is not set");
    return read(text);
  };

/** The same for what spaces around it do not belong to. */
export const trimmed = <T>(read: (text: string) => T): Setting<T> => setting((said) => read(said.trim()));

/** The same, with a value where it is not set. */
export const orElse =
  <T, Otherwise>(read: Setting<T>, otherwise: Otherwise): Setting<T | Otherwise> =>
  (text) =>
    text === undefined ? otherwise : read(text);

export const text: Setting<string> = setting((said) => said);

/** A secret of at least 32 characters. */
export const secret: Setting<string> = setting((said) => {
  if (said.length < 32) throw new Error("needs at least 32 characters; make one with: openssl rand -hex 32");
  return said;
});

const highest = Number.MAX_SAFE_INTEGER;

/** A whole number within bounds, both included. */
export const whole = (least: number, most = highest): Setting<number> =>
  trimmed((said) => {
    const value = said === "" ? Number.NaN : Number(said);
    if (!Number.isInteger(value) || value < least || value > most)
      throw new Error(
        `must be a whole number of ${least}${most === highest ? " or more" : ` to ${most}`}, not "${said}"`,
      );
    return value;
  });

/** 0 means any free one. */
export const portNumber = whole(0, 65_535);

export const oneOf = <T extends string>(...words: readonly T[]): Setting<T> =>
  trimmed((said) => {
    const found = words.find((word) => word === said);
    if (found === undefined) throw new Error(`must be one of ${words.join(", ")}, not "${said}"`);
    return found;
  });

const yes = ["true", "1", "yes", "on", "y", "enabled"];
const no = ["false", "0", "no", "off", "n", "disabled"];

export const yesOrNo: Setting<boolean> = trimmed((said) => {
  const word = said.toLowerCase();
  if (!yes.includes(word) && !no.includes(word)) throw new Error(`must be true or false, not "${said}"`);
  return yes.includes(word);
});

/** The address of something that is reached by one of these protocols, without spaces around it. It may hold a password, so a mistake does not show it. */
export const address = (...protocols: readonly string[]): Setting<string> =>
  trimmed((said) => {
    const [, protocol = ""] = /^([a-z]+):\/\//i.exec(said) ?? [];
    if (!URL.canParse(said) || !protocols.includes(protocol.toLowerCase()))
      throw new Error(`must be an address like ${protocols[0]}://host`);
    return protocol.toLowerCase() + said.slice(protocol.length);
  });

/** `one,two`; at least one. */
export const list: Setting<readonly string[]> = setting((said) => {
  const entries = said.split(",").map((entry) => entry.trim());
  const found = entries.filter((entry) => entry !== "");
  if (found.length === 0) throw new Error("needs one,two");
  return found;
});
