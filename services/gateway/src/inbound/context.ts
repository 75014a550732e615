import type { Instant } from "@headway/kernel/clock";
import type { Caller } from "@headway/service/caller";
import type { Calls } from "../outbound/calls.ts";
import type { Identities, OpenSession } from "../outbound/identities.ts";
import type { Names } from "../outbound/names.ts";

/** What a handler has besides the request itself. */
export type Context = {
  readonly calls: Calls;
  readonly names: Names;
  readonly caller: Caller;
  /** Null on the integration face, and before login. */
  readonly session: OpenSession | null;
  readonly identities: Pick<Identities, "session" | "forget">;
  readonly client: { readonly address: string; readonly secure: boolean };
  readonly clock: { readonly now: () => Instant; readonly rehearsal: boolean };
};
