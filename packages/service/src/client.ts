import type { DescService } from "@bufbuild/protobuf";
import { type Client, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { DomainError } from "@headway/kernel/domain-error";
import { toDomainError } from "./errors.ts";

/** A client whose refusals arrive as the DomainError that the other service threw. */
export const refusingClient = <S extends DescService>(desc: S, transport: Transport): Client<S> => {
  const client = createClient(desc, transport);
  return new Proxy(client, {
    get(target, name, receiver) {
      const method: unknown = Reflect.get(target, name, receiver);
      if (typeof method !== "function") return method;
      return (...args: unknown[]) => translated(method(...args));
    },
  });
};

const translated = (answer: Promise<unknown> | AsyncIterable<unknown>): Promise<unknown> | AsyncIterable<unknown> =>
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
