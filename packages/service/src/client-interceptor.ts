import { MethodOptions_IdempotencyLevel as Level } from "@bufbuild/protobuf/wkt";
import type { Interceptor } from "@connectrpc/connect";
import { DomainError, unavailable } from "@headway/kernel/domain-error";
import { isInTransaction } from "@headway/postgres/database";
import {
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  isBrokenCircuitError,
  retry,
  wrap,
} from "cockatiel";
import { current, traceparent } from "./circumstances.ts";
import { toRefusal } from "./client.ts";
import { setKey } from "./command-key.ts";
import type { InwardTokens } from "./tokens.ts";
import { SpanKind, traced } from "./tracing.ts";

export type ClientNeeds = {
  readonly tokens: InwardTokens;
  /** The service that calls, where nobody stands behind the call. */
  readonly self: string;
  /** How long (milliseconds) a service that failed again and again is left alone, until a read is tried there. */
  readonly restMs?: number;
};

/** What goes with every call to one other service: who makes it, in which trace. Reads are tried again, and left alone while the other is down. */
export const clientInterceptor = ({ tokens, self, restMs = 2000 }: ClientNeeds): Interceptor => {
  const isAway = (error: unknown) => error instanceof DomainError && error.kind === "unavailable";
  const readPolicy = wrap(
    retry(
      handleWhen((error) => isAway(error) && !isTooLate()),
      { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: firstPauseMs, maxDelay: 1000 }) },
    ),
    circuitBreaker(handleWhen(isAway), { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(8) }),
  );
  return (next) => (request) => {
    if (isInTransaction())
      throw new Error(`${request.method.name} was called inside a transaction, which would last as long as the call.`);
    const isRead = request.method.idempotency === Level.NO_SIDE_EFFECTS;
    const attempt = () =>
      traced(`${request.service.typeName}/${request.method.name}`, SpanKind.CLIENT, async () => {
        const circumstances = current();
        // Nobody waits for the answer any more: what is not begun is not begun for nobody.
        if (circumstances?.deadline && circumstances.deadline <= Date.now()) throw away();
        request.header.set(
          "authorization",
          `Bearer ${await tokens.sign(circumstances?.caller ?? { kind: "service", name: self })}`,
        );
        const trace = traceparent();
        if (trace) request.header.set("traceparent", trace);
        if (circumstances?.commandKey && !isRead) setKey(request.header, circumstances.commandKey);
        return await next(request);
      }).catch(toRefusal);
    return isRead && !request.stream ? readPolicy.execute(attempt).catch(asUnavailable) : attempt();
  };
};

/** Between a read that failed and its first repetition. */
const firstPauseMs = 50;

/** Whether the deadline has passed, or will have before another try could begin: timers may fire a moment early. */
const isTooLate = (): boolean => Date.now() + firstPauseMs >= (current()?.deadline ?? Number.POSITIVE_INFINITY);

const asUnavailable = (error: unknown): never => {
  if (!isBrokenCircuitError(error)) throw error;
  throw away();
};

const away = () =>
  unavailable("service.unavailable", "A part of Headway does not answer. Try again soon.", { retryAfter: 2 });
