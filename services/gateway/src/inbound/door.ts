import { DomainError } from "@headway/kernel/domain-error";
import { actorOf } from "@headway/service/caller";
import { under } from "@headway/service/circumstances";
import type { CommandKey } from "@headway/service/command-key";
import type { Logger } from "@headway/service/log";
import type { Metrics } from "@headway/service/metrics";
import { continued, SpanKind, traced } from "@headway/service/tracing";
import type { Request } from "express";
import type { KeptAnswer } from "../model/idempotency.ts";
import { type Answers, answerOnce, digestOf } from "./answer-once.ts";
import { type Body, type BodyLimits, bodyOf } from "./body.ts";
import { type CountingNeeds, countedCaller, demandRole, type Who } from "./callers.ts";
import type { Context } from "./context.ts";
import type { Operation } from "./documents.ts";
import type { Answer } from "./handlers.ts";
import { EdgeRefusal } from "./refusal.ts";
import { type Told, toldAnswer, toldFailure } from "./told.ts";
import type { Said, Validator } from "./validation.ts";

export type DoorNeeds = BodyLimits &
  CountingNeeds & {
    readonly answers: Answers;
    /** What is kept of a request, to tell another one from it; its owner knows the command by one as well. */
    readonly fingerprint: typeof digestOf;
    readonly log: Logger;
    readonly metrics: Pick<Metrics, "requests">;
    /** What goes to a handler beside the request. */
    readonly contextOf: (who: Who, request: Request) => Context;
  };

/** A handler of any operation: its own types are its document's, and the door has checked them. */
export type AnyHandler = (request: never) => Promise<Answer>;

export type Door = (
  operation: Operation,
  validator: Validator,
  handler: AnyHandler,
) => (request: Request) => Promise<Told>;

/** What stands before the handlers of all operations: who, how often, from where, said rightly, done once. */
export const makeDoor =
  (needs: DoorNeeds): Door =>
  (operation, validator, handler) =>
  (request) =>
    noted(needs, operation, request, async () => {
      const marks: Record<string, string> = { "cache-control": "no-store" };
      const mark = (told: Told): Told => ({ ...told, headers: { ...marks, ...told.headers } });
      try {
        const { who, headers } = await countedCaller(needs, operation, request);
        Object.assign(marks, headers);
        demandOwnPage(operation, request);
        if (operation.roles) demandRole(operation.face, who.caller, operation.roles);
        demandVersion(operation, request);
        const said = validator.parameters(saidIn(request));
        const body = await bodyOf(operation, validator, request, needs);
        return mark(await answeredOnce(needs, { operation, handler, request, who, said, body }));
      } catch (error) {
        return mark(toldFailure(error, request.originalUrl, needs.log));
      }
    });

/** One span and one line for each request, in the trace that the caller may have begun. */
const noted = (
  { log, metrics }: Pick<DoorNeeds, "log" | "metrics">,
  { face, id }: Operation,
  request: Request,
  work: () => Promise<Told>,
): Promise<Told> => {
  const { traceparent: carried } = request.headers;
  const stop = metrics.requests.startTimer({ operation: `${face}/${id}` });
  return continued(typeof carried === "string" ? carried : null, () =>
    traced(`${face}/${id}`, SpanKind.SERVER, async (span) => {
      const told = await work();
      span.setAttribute("http.response.status_code", told.status);
      const seconds = stop({ outcome: String(told.status) });
      log.debug({ event: "request.answered", face, operation: id, status: told.status, seconds });
      return told;
    }),
  );
};

// A page of another site can send a form with our cookie, but not this header.
const demandOwnPage = ({ face, method }: Operation, request: Request): void => {
  if (face === "dispatcher" && method !== "GET" && request.headers["x-headway-csrf"] !== "1")
    throw new EdgeRefusal(403, "csrf.missing", "Calls that write carry the header X-Headway-CSRF: 1.");
};

const takes = ({ parameters }: Operation, header: string): boolean => parameters.some(({ name }) => name === header);

const demandVersion = (operation: Operation, request: Request): void => {
  if (takes(operation, "If-Match") && request.headers["if-match"] === undefined)
    throw new EdgeRefusal(428, "if-match.missing", "Say with If-Match which version you have seen.");
};

/** Path, query and headers as they were said; a query parameter that came twice is a list, which no document allows. */
const saidIn = (request: Request): Said => {
  const query: Record<string, string | string[]> = {};
  const start = request.originalUrl.indexOf("?");
  for (const [name, value] of new URLSearchParams(start < 0 ? "" : request.originalUrl.slice(start))) {
    const before = query[name];
    query[name] = before === undefined ? value : [before, value].flat();
  }
  return { path: { ...request.params }, query, header: { ...request.headers } };
};

type Asked = {
  readonly operation: Operation;
  readonly handler: AnyHandler;
  readonly request: Request;
  readonly who: Who;
  readonly said: Said;
  readonly body: Body;
};

const answeredOnce = async (needs: DoorNeeds, asked: Asked): Promise<Told> => {
  const { operation, request, who, said, body } = asked;
  const key = request.headers["idempotency-key"];
  if (typeof key !== "string" || !takes(operation, "Idempotency-Key")) return ask(needs, asked, null);
  const about = JSON.stringify([
    operation.face,
    operation.id,
    said.path,
    said.query,
    request.headers["if-match"] ?? "",
  ]);
  const bound = digestOf(actorOf(who.caller), key);
  const { answer, again } = await answerOnce(needs.answers, {
    key: bound,
    workSeconds: operation.deadlineSeconds,
    fingerprint: async () => {
      const print = await body.print();
      return print === null ? null : needs.fingerprint(about, print);
    },
    work: async () => {
      // The bytes of an upload are not here yet, and do not count.
      const print = operation.body?.type === "application/json" ? await body.print() : "";
      const commandKey = {
        key: needs.fingerprint(bound),
        request: needs.fingerprint(about, print ?? ""),
        secretAnswer: operation.secretAnswer,
      };
      const told = await ask(needs, asked, commandKey).catch((error: unknown) => {
        // What the owner says of the key alone may be another thing a moment later, and is not kept.
        if (error instanceof DomainError && error.slug.startsWith("idempotency-key.")) throw error;
        return toldFailure(error, request.originalUrl, needs.log);
      });
      return toKeepable(told, operation.secretAnswer && told.status < 300);
    },
  });
  return again ? { ...answer, headers: { ...answer.headers, "idempotency-replayed": "true" } } : answer;
};

const toKeepable = ({ status, headers, body }: Told, secret: boolean): KeptAnswer => {
  if (body !== null && typeof body !== "string")
    throw new Error("A streamed answer cannot be kept for its Idempotency-Key.");
  return { status, headers, body, secret };
};

/** Asks the handler, in the caller's name and no longer than the operation may take. */
const ask = async (
  needs: DoorNeeds,
  { operation, handler, request, who, said, body }: Asked,
  commandKey: CommandKey | null,
): Promise<Told> => {
  const { "if-match": seen } = request.headers;
  const asked = {
    ...needs.contextOf(who, request),
    path: said.path,
    query: said.query,
    body: body.value,
    ...(seen === undefined ? {} : { ifMatch: Number(seen.replaceAll('"', "")) }),
  };
  const circumstances = {
    caller: who.caller,
    deadline: Date.now() + operation.deadlineSeconds * 1000,
    commandKey,
  };
  const answer = await under(circumstances, () => handler(asked as never)).catch((error: unknown) => {
    // A body that broke off comes back from inside as a broken call.
    throw body.failure() ?? error;
  });
  return toldAnswer(answer, `/${operation.face}/v1`);
};
