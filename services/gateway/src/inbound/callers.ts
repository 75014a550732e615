import type { IncomingMessage } from "node:http";
import { type Caller, type Role, rolesOf } from "@headway/service/caller";
import type { Limiter } from "@headway/service/gcra";
import type { Identities, OpenSession } from "../outbound/identities.ts";
import { addressOf } from "./address.ts";
import { credentialIn } from "./credentials.ts";
import type { Face, Operation } from "./documents.ts";
import { countCall, type Limits } from "./limits.ts";
import { EdgeRefusal } from "./refusal.ts";

/** Where the edge asks who is calling. */
export type WhoIs = Pick<Identities, "session" | "machine">;

/** Whoever made a call, and their session where it is a person. */
export type Who = { readonly caller: Caller; readonly session: OpenSession | null };

const nobody: Who = { caller: { kind: "nobody" }, session: null };

export type CountingNeeds = {
  readonly identities: WhoIs;
  readonly limiter: Pick<Limiter, "hit">;
  readonly limits: Limits;
  /** True where people reach Headway over https. */
  readonly secure: boolean;
  /** How many proxies of our own stand before us. */
  readonly proxies: number;
};

/**
 * Who is calling, and the headers that tell how often they still may. A wrong credential counts as a stranger's call.
 * Refused with `session.ended`, `key.unknown` (401) or `calls.too-many` (429).
 */
export const countedCaller = async (
  { identities, limiter, limits, secure, proxies }: CountingNeeds,
  { face, roles }: Pick<Operation, "face" | "roles">,
  request: IncomingMessage,
): Promise<{ readonly who: Who; readonly headers: Readonly<Record<string, string>> }> => {
  const count = ({ caller }: Who) => countCall(limiter, limits, caller, addressOf(request, proxies));
  // Where anybody may call, an old session must not stand in the way: least of all of logging in again.
  const credential = roles === null ? null : credentialIn(face, request.headers, secure);
  const who = credential === null ? nobody : await whoIs(face, credential, identities);
  const headers = await count(who ?? nobody);
  if (!who) throw unauthenticated(face, ...reasons[face]);
  return { who, headers };
};

const whoIs = async (face: Face, credential: string, identities: WhoIs): Promise<Who | null> => {
  if (face === "integration") {
    const machine = await identities.machine(credential);
    return machine && { caller: machine, session: null };
  }
  const session = await identities.session(credential);
  return session && { caller: session.caller, session };
};

const sessionEnded = ["session.ended", "This session has ended. Log in again."] as const;
const reasons: Record<Face, readonly [slug: string, message: string]> = {
  dispatcher: sessionEnded,
  mobile: sessionEnded,
  integration: ["key.unknown", "This API key is not known, or is worth nothing any more."],
};

const logInFirst = "Log in first.";
const first: Record<Face, string> = {
  dispatcher: logInFirst,
  mobile: logInFirst,
  integration: "Say who you are with the header Authorization: Headway-Key, a space and the API key.",
};

/** Refused with `caller.unknown` (401) or `caller.role` (403) unless one of the roles is the caller's. */
export const demandRole = (face: Face, caller: Caller, roles: readonly Role[]): void => {
  if (caller.kind === "nobody") throw unauthenticated(face, "caller.unknown", first[face]);
  if (!rolesOf(caller).some((role) => roles.includes(role)))
    throw new EdgeRefusal(403, "caller.role", `This needs one of the roles ${roles.join(", ")}.`);
};

const challenges: Record<Face, string> = {
  dispatcher: 'Cookie realm="Headway"',
  mobile: 'Bearer realm="Headway"',
  integration: 'Headway-Key realm="Headway"',
};

const unauthenticated = (face: Face, slug: string, message: string): EdgeRefusal =>
  new EdgeRefusal(401, slug, message, { headers: { "www-authenticate": challenges[face] } });
