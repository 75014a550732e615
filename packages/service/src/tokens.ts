import { denied } from "@headway/kernel/domain-error";
import { type JWTPayload, jwtVerify, SignJWT } from "jose";
import type { Caller } from "./caller.ts";

export type InwardTokens = {
  /** A signed token that says who calls; good for a minute. */
  readonly sign: (caller: Caller) => Promise<string>;
  /** Refused with `token.invalid`. */
  readonly verify: (token: string) => Promise<Caller>;
};

const audience = "headway-inside";
const goodFor = 60;
// A token is handed out again for this long, so that a busy session is not signed for at every call.
const reusedMs = 20_000;
const mostKept = 2_000;
// Milliseconds for which clocks may differ.
const tolerance = 5_000;

/** Tokens under the secret that all services of one installation share (at least 32 bytes). Real time, whatever the rehearsal's clock says. */
export const inwardTokens = (secret: string): InwardTokens => {
  const key = new TextEncoder().encode(secret);
  const signed = new Map<string, { readonly token: string; readonly until: number }>();
  // Whole tokens that were proved before, until they end: what differs in a single character is proved anew.
  const proved = new Map<string, { readonly caller: Caller; readonly until: number }>();
  return {
    async sign(caller) {
      const claims = JSON.stringify(caller);
      const kept = signed.get(claims);
      if (kept && kept.until > Date.now()) return kept.token;
      const token = await new SignJWT({ caller } satisfies JWTPayload)
        .setProtectedHeader({ alg: "HS256" })
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(`${goodFor}s`)
        .sign(key);
      if (signed.size >= mostKept) signed.clear();
      signed.set(claims, { token, until: Date.now() + reusedMs });
      return token;
    },
    async verify(token) {
      const known = proved.get(token);
      if (known && known.until > Date.now()) return known.caller;
      try {
        const { payload } = await jwtVerify<{ caller: Caller }>(token, key, {
          audience,
          algorithms: ["HS256"],
          clockTolerance: tolerance / 1000,
          requiredClaims: ["exp"],
        });
        if (proved.size >= mostKept) proved.clear();
        proved.set(token, { caller: payload.caller, until: 1000 * (payload.exp ?? 0) + tolerance });
        return payload.caller;
      } catch {
        throw denied("token.invalid", "The call carries no valid inward token.");
      }
    },
  };
};
