import { AsyncLocalStorage } from "node:async_hooks";
import { type DescMethod, getOption, hasOption } from "@bufbuild/protobuf";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { type Allow, allow } from "@headway/contracts/gen/headway/common/v1/allow_pb";
import { DomainError, denied } from "@headway/kernel/domain-error";
import { type Caller, callerKey, mayEverywhere, nobody, type Role, rolesOf } from "./caller.ts";
import { under } from "./circumstances.ts";
import { toConnectError } from "./errors.ts";
import type { Logger } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import { toRole } from "./roles.ts";
import type { InwardTokens } from "./tokens.ts";
import { continued, SpanKind, traced } from "./tracing.ts";

export type ServerNeeds = { readonly tokens: InwardTokens; readonly log: Logger; readonly metrics: Metrics };

/** What stands before every operation of every service: who calls, whether they may, in which trace, how long, and what a failure tells. */
export const serverInterceptor =
  ({ tokens, log, metrics }: ServerNeeds): Interceptor =>
  (next) =>
  (request) => {
    const name = `${request.service.typeName}/${request.method.name}`;
    const stop = metrics.requests.startTimer({ operation: name });
    const fail = (error: unknown): never => {
      const told = toTold(error, name, log);
      stop({ outcome: Code[told.code] });
      throw told;
    };
    const work = async () => {
      const caller = await callerIn(request.header.get("authorization"), tokens);
      mayCall(caller, request.method);
      request.contextValues.set(callerKey, caller);
      return under({ caller, deadline: deadlineIn(request.header) }, async () => {
        const response = await next(request);
        if (response.stream) return { ...response, message: toldParts(response.message, request.signal, stop, fail) };
        stop({ outcome: "ok" });
        return response;
      });
    };
    return continued(request.header.get("traceparent"), () => traced(name, SpanKind.SERVER, () => work().catch(fail)));
  };

/** A streamed answer is made while it is read, behind all that stood around the call: it is made in its circumstances all the same. */
const toldParts = <T>(
  parts: AsyncIterable<T>,
  signal: AbortSignal,
  stop: (labels: { outcome: string }) => void,
  fail: (error: unknown) => never,
): AsyncIterable<T> => {
  const within = AsyncLocalStorage.snapshot();
  return {
    [Symbol.asyncIterator]() {
      const source = parts[Symbol.asyncIterator]();
      const leave = async (): Promise<IteratorResult<T>> => {
        signal.removeEventListener("abort", giveUp);
        stop({ outcome: "ok" });
        return (await source.return?.()) ?? { done: true, value: undefined };
      };
      // Who cuts the call asks for nothing more: what makes the parts must hear of it.
      const giveUp = (): void => void leave().catch(() => {});
      signal.addEventListener("abort", giveUp, { once: true });
      return {
        next: () =>
          within(async () => {
            const part = await source.next().catch((error: unknown) => {
              signal.removeEventListener("abort", giveUp);
              return fail(error);
            });
            if (part.done) {
              signal.removeEventListener("abort", giveUp);
              stop({ outcome: "ok" });
            }
            return part;
          }),
        return: leave,
      };
    },
  };
};

const callerIn = async (authorization: string | null, tokens: InwardTokens): Promise<Caller> =>
  authorization ? tokens.verify(authorization.replace(/^Bearer /, "")) : nobody;

/** Refused with `caller.unknown`, `caller.role` or `caller.some-depots` unless the operation's `allow` names the caller. */
export const mayCall = (caller: Caller, method: DescMethod): void => {
  const allowed = allowedBy(method);
  if (allowed.anyone) return;
  if (caller.kind === "nobody") throw denied("caller.unknown", "Sign in first.");
  if (caller.kind === "service") {
    if (allowed.services) return;
    throw denied("caller.service", `A service may not call ${method.name} on its own behalf.`);
  }
  if (!rolesOf(caller).some((role) => allowed.wanted.includes(role)))
    throw denied("caller.role", `This needs one of the roles ${allowed.wanted.join(", ")}.`);
  if (allowed.everywhere) mayEverywhere(caller, allowed.wanted);
};

type Allowed = Pick<Allow, "anyone" | "services" | "everywhere"> & { readonly wanted: readonly Role[] };

// By operation, which never changes: to decode its options took longer than all else that is asked of a caller.
const rules = new WeakMap<DescMethod, Allowed>();

const allowedBy = (method: DescMethod): Allowed => {
  const known = rules.get(method);
  if (known) return known;
  const { anyone, services, everywhere, roles } = getOption(method, allow);
  const read = { anyone, services, everywhere, wanted: roles.map(toRole).filter((role) => role !== null) };
  rules.set(method, read);
  return read;
};

/** A service does not start with an operation that nobody said who may call. */
export const demandAllow = (methods: readonly DescMethod[]): void => {
  const silent = methods.filter((method) => !hasOption(method, allow));
  if (silent.length > 0)
    throw new Error(
      `Nothing says who may call ${silent.map((method) => `${method.parent.typeName}/${method.name}`).join(", ")}.`,
    );
};

const deadlineIn = (header: Headers): number | null => {
  const connect = header.get("connect-timeout-ms");
  if (connect) return Date.now() + Number(connect);
  const [, amount, unit] = /^(\d+)([HMSmun])$/.exec(header.get("grpc-timeout") ?? "") ?? [];
  const milliseconds: Record<string, number> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 0.001, n: 0.000001 };
  return amount && unit ? Date.now() + Number(amount) * (milliseconds[unit] ?? 0) : null;
};

const toTold = (error: unknown, operation: string, log: Logger): ConnectError => {
  if (error instanceof DomainError) return toConnectError(error);
  if (error instanceof ConnectError && error.code !== Code.Unknown && error.code !== Code.Internal) return error;
  log.error({ event: "call.failed", operation, error: error instanceof Error ? error.stack : String(error) });
  return new ConnectError("internal error", Code.Internal);
};
