import { AsyncLocalStorage } from "node:async_hooks";
import { context, propagation } from "@opentelemetry/api";
import { actorOf, type Caller } from "./caller.ts";
import type { CommandKey, KeyedCommand } from "./command-key.ts";

/** What accompanies a call through all services: who makes it, and until when an answer is worth something (epoch ms). */
export type Circumstances = {
  readonly caller: Caller;
  readonly deadline: number | null;
  /** At the edge: the key of the commands that it asks for. It goes to their owners and no further. */
  readonly commandKey: CommandKey | null;
  /** At its owner: the command at hand, where it came with a key. */
  readonly command: KeyedCommand | null;
};

const storage = new AsyncLocalStorage<Circumstances>();

type Known = Pick<Circumstances, "caller" | "deadline"> & Partial<Circumstances>;

/** Runs `work`, and all that it calls, in these circumstances; without a key where none is said. */
export const under = <T>(circumstances: Known, work: () => T): T =>
  storage.run({ commandKey: null, command: null, ...circumstances }, work);

/** Runs `work` for the service itself: neither as the one whose call set it off, nor under that call's deadline. */
export const outside = <T>(work: () => T): T => storage.exit(work);

/** Null outside any call: in a consumer or a job, where the service acts for itself. */
export const current = (): Circumstances | null => storage.getStore() ?? null;

/** W3C trace context of what is going on, or null outside any trace. */
export const traceparent = (): string | null => {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
};

/** What the event log notes beside each event. */
export const noted = (service: string) => () => {
  const caller = current()?.caller ?? { kind: "service", name: service };
  return {
    actor: actorOf(caller),
    session: caller.kind === "person" ? caller.session : null,
    traceparent: traceparent(),
  };
};
