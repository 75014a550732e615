import { isIP } from "node:net";
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

export const text: Setting<string> = trimmed((said) => {
  if (said === "") throw new Error("is blank");
  return said;
});

/** A secret of at least 32 characters; the end of the line that it was read from is none of them. */
export const secret: Setting<string> = trimmed((said) => {
  if (said.length < 32) throw new Error("needs at least 32 characters; make one with: openssl rand -hex 32");
  return said;
});

/** A whole number in decimal digits, within bounds, both included and none below 0. */
export const whole = (least: number, most: number): Setting<number> =>
  trimmed((said) => {
    const value = /^\d+$/.test(said) ? Number(said) : Number.NaN;
    if (!(value >= least && value <= most))
      throw new Error(`must be a whole number of ${least} to ${most}, not "${said}"`);
    return value;
  });

/** 0 means any free one. */
export const portNumber = whole(0, 65_535);

const namePattern = /^[a-z0-9._-]+$/i;

/** The name or address of a machine, without a port. */
export const host: Setting<string> = trimmed((said) => {
  if (isIP(said) === 0 && !namePattern.test(said)) throw new Error(`must be a host like 127.0.0.1, not "${said}"`);
  return said;
});

/** `host:port`; kafkajs understands no address of IPv6 here. */
export const hostAndPort: Setting<string> = trimmed((said) => {
  const [name = "", port = "", ...more] = said.split(":");
  if (!namePattern.test(name) || more.length > 0) throw new Error("must be host:port");
  whole(1, 65_535)(port);
  return said;
});

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

/** The address of something that is reached by one of these protocols, without spaces. It may hold a password, so a mistake does not show it. */
export const address = (...protocols: readonly string[]): Setting<string> =>
  trimmed((said) => {
    const [, protocol = ""] = /^([a-z]+):\/\/[^/\s]\S*$/i.exec(said) ?? [];
    if (!protocols.includes(protocol.toLowerCase()) || !isReachable(said))
      throw new Error(`must be an address like ${protocols[0]}://host, with %25 for a %`);
    return protocol.toLowerCase() + said.slice(protocol.length);
  });

/** Whether an address names a host, a port that can be reached, and a user and password that can be read. */
const isReachable = (said: string): boolean => {
  try {
    const { hostname, port, username, password } = new URL(said);
    decodeURIComponent(username + password);
    return hostname !== "" && port !== "0";
  } catch {
    return false;
  }
};

/** `one,two`; at least one, each read by `read`. What it refuses is named beside an example. */
export const list = <T>(read: Setting<T>, example: string): Setting<readonly T[]> =>
  setting((said) => {
    const found: T[] = [];
    const wrong: string[] = [];
    for (const entry of said.split(",").map((each) => each.trim()))
      try {
        if (entry !== "") found.push(read(entry));
      } catch {
        wrong.push(`"${entry}"`);
      }
    if (wrong.length > 0) throw new Error(`${wrong.join(", ")} must be like ${example}`);
    if (found.length === 0) throw new Error(`needs one or more, like ${example}`);
    return found;
  });
