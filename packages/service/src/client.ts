import type { DescService } from "@bufbuild/protobuf";
import { type CallOptions, type Client, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { DomainError } from "@headway/kernel/domain-error";
import { current } from "./circumstances.ts";
import { toDomainError } from "./errors.ts";

/** A client whose refusals arrive as the DomainError that the other service threw; no call outlasts the deadline of what it is made for. */
export const refusingClient = <S extends DescService>(desc: S, transport: Transport): Client<S> => {
  const methods: Readonly<Record<string, Method>> = createClient(desc, transport) as Record<string, Method>;
  const refusing = Object.entries(methods).map(([name, method]): [string, Method] => [
    name,
    (request, options) => translated(method(request, inTime(options))),
  ]);
  return Object.fromEntries(refusing) as Client<S>;
};

type Answer = Promise<unknown> | AsyncIterable<unknown>;
type Method = (request: unknown, options?: CallOptions) => Answer;

/** The other service is told how long the answer is wanted; where it does not answer at all, the call ends here. */
const inTime = (options: CallOptions = {}): CallOptions => {
  const deadline = current()?.deadline;
  if (!deadline) return options;
  const left = Math.max(1, Math.floor(deadline - Date.now()));
  return { ...options, timeoutMs: Math.min(options.timeoutMs ?? left, left) };
};

const translated = (answer: Answer): Answer =>
  Symbol.asyncIterator in answer ? translatedParts(answer) : answer.catch(toRefusal);

async function* translatedParts(parts: AsyncIterable<unknown>): AsyncGenerator<unknown> {
  try {
    yield* parts;
  } catch (error) {
    toRefusal(error);
  }
}

/** Throws the refusal behind an error, or the error itself. */
export const toRefusal = (error: unknown): never => {
  if (!(error instanceof ConnectError)) throw error;
  // Interceptors throw the refusal itself; the transport wraps it.
  if (error.cause instanceof DomainError) throw error.cause;
  throw toDomainError(error) ?? error;
};
