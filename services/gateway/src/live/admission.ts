import type { IncomingMessage } from "node:http";
import { type DepotId, parseId, type UserId } from "@headway/kernel/ids";
import { mayInDepot } from "@headway/service/caller";
import { type CountingNeeds, countedCaller, demandRole } from "../inbound/callers.ts";
import type { Face } from "../inbound/documents.ts";
import { EdgeRefusal } from "../inbound/refusal.ts";
import type { OpenSession } from "../outbound/identities.ts";
import type { Interest } from "./concern.ts";
import type { LiveOperations } from "./live-operations.ts";

export type AdmissionNeeds = CountingNeeds & {
  /** Where the console lives, if its pages come from elsewhere than this address. */
  readonly origin: string | null;
  readonly live: LiveOperations;
  /** How many live connections somebody has. */
  readonly connectionsOf: (user: UserId) => number;
};

export type Admitted = {
  readonly session: OpenSession;
  readonly interest: Interest;
  /** The id of the last message that was heard, where somebody comes back. */
  readonly after: string | null;
};

const mostOfOnePerson = 20;

/** Who may listen, and for what. Refused as every call is, or with `origin.other` (403) or `calls.too-many` (429). */
export const admission = (needs: AdmissionNeeds) => {
  const { live, origin, connectionsOf } = needs;
  return async (request: IncomingMessage): Promise<Admitted> => {
    const address = URL.parse(request.url ?? "/", "http://edge");
    if (!address) throw new EdgeRefusal(400, "path.malformed", "This is no address.");
    const { pathname, searchParams } = address;
    const found = live.get(pathname);
    if (!found) throw new EdgeRefusal(404, "path.unknown", `There is no WebSocket at ${pathname}.`);
    const { operation, validator } = found;
    if (operation.face === "dispatcher") demandOwnOrigin(request, origin);
    const { who } = await countedCaller(needs, operation, request);
    const { caller, session } = who;
    if (operation.roles) demandRole(operation.face, caller, operation.roles);
    if (!session) throw new EdgeRefusal(401, "caller.unknown", "Log in first.");
    if (connectionsOf(session.caller.user) >= mostOfOnePerson)
      throw new EdgeRefusal(429, "calls.too-many", `At most ${mostOfOnePerson} live connections at once.`);
    const query = Object.fromEntries(searchParams);
    validator.parameters({ path: {}, query, header: {} });
    if (query.depot !== undefined && operation.roles)
      mayInDepot(caller, operation.roles, parseId<DepotId>(query.depot, "depot"));
    return { session, interest: toInterest(operation.face, query), after: query.after ?? null };
  };
};

const toInterest = (face: Face, query: Readonly<Record<string, string>>): Interest =>
  face === "mobile" ? { face } : { face: "dispatcher", depot: query.depot ?? null, day: query.day ?? null };

// A browser sends our cookie from any page: only ours may listen.
const demandOwnOrigin = ({ headers }: IncomingMessage, origin: string | null): void => {
  if (headers.origin === undefined) return;
  const own = URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
  if (!own && headers.origin !== origin)
    throw new EdgeRefusal(403, "origin.other", "A page of another site may not listen here.");
};
