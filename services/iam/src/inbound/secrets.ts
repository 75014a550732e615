import { createHash, randomBytes } from "node:crypto";

/** A secret that is shown once: 256 random bits, written so that it can stand in a header. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What is kept of a secret. It is random itself, so a plain hash is enough. */
export const hashOf = (secret: string): Uint8Array => createHash("sha256").update(secret).digest();
