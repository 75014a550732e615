import { createHmac } from "node:crypto";
import { atOnce } from "@headway/kernel/at-once";
import { unavailable } from "@headway/kernel/domain-error";
import bcrypt from "bcrypt";

export type Passwords = {
  readonly hash: (password: string) => Promise<string>;
  /** Takes as long for an unknown user (null) as for a known one. */
  readonly fits: (password: string, hash: string | null) => Promise<boolean>;
};

export type PasswordSettings = {
  /** A secret that is not in the database, so that a stolen table of hashes is worth nothing. */
  readonly pepper: string;
  readonly cost: number;
  /** How many hashes may be under way or wait. */
  readonly most: number;
};

/**
 * Passwords by bcrypt over an HMAC with the pepper: bcrypt alone ignores all after byte 72, and stops at a zero byte.
 * Two hashes at once; the others wait, up to `most`, then refused with `login.busy`, so that logins starve nobody.
 */
export const bcryptPasswords = ({ pepper, cost, most }: PasswordSettings): Passwords => {
  const queue = boundedQueue(most);
  const prepared = (password: string): string =>
    createHmac("sha384", pepper).update(password.normalize("NFKC")).digest("base64");
  const dummy = bcrypt.hashSync("nobody has this password", cost);
  return {
    hash: (password) => queue(() => bcrypt.hash(prepared(password), cost)),
    fits: (password, hash) =>
      queue(async () => (await bcrypt.compare(prepared(password), hash ?? dummy)) && hash !== null),
  };
};

const boundedQueue = (most: number) => {
  const line = atOnce(2);
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (line.count() >= most)
      throw unavailable("login.busy", "Many people sign in right now. Try again in a few seconds.", { retryAfter: 5 });
    return line.run(work);
  };
};
