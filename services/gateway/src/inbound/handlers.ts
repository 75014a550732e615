type Method = "get" | "post" | "put" | "delete";

/** `POST /assignments/{assignmentId}/release`: every operation of a face's document, but its WebSocket. */
export type OperationKey<Paths> = {
  [Path in keyof Paths & string]: {
    [M in Method]: Paths[Path] extends Record<M, { responses: infer R }>
      ? 101 extends keyof R
        ? never
        : `${Uppercase<M>} ${Path}`
      : never;
  }[Method];
}[keyof Paths & string];

type OperationAt<Paths, Key> = Key extends `${infer M} ${infer Path}`
  ? Path extends keyof Paths
    ? Lowercase<M> extends keyof Paths[Path]
      ? Paths[Path][Lowercase<M>]
      : never
    : never
  : never;

type Part<Operation, Name extends string> = Operation extends { parameters: { readonly [K in Name]?: infer Value } }
  ? [NonNullable<Value>] extends [never]
    ? Record<never, never>
    : NonNullable<Value>
  : never;

/** The parts of a file as they arrive or leave. */
export type Bytes = AsyncIterable<Uint8Array>;

type ContentOf<Part> = Part extends { content: { "application/json": infer Json } }
  ? Json
  : Part extends { content: Record<string, unknown> }
    ? Bytes
    : null;

type BodyOf<Operation> = Operation extends { requestBody: infer Body } ? ContentOf<Body> : null;

export type Answer<Status extends number = number, Body = unknown> = {
  readonly status: Status;
  readonly body: Body;
  readonly headers: Readonly<Record<string, string>>;
};

type AnswerOf<Operation> = Operation extends { responses: infer R }
  ? { [Status in keyof R & (200 | 201 | 202 | 204)]: Answer<Status, ContentOf<R[Status]>> }[keyof R &
      (200 | 201 | 202 | 204)]
  : never;

type WantsVersion<Operation> = "If-Match" extends keyof Part<Operation, "header">
  ? { readonly ifMatch: number }
  : Record<never, never>;

/** What a handler is given: everything in it has been checked against the document. */
type Request<Operation, Context> = Context & {
  readonly path: Part<Operation, "path">;
  readonly query: Part<Operation, "query">;
  readonly body: BodyOf<Operation>;
} & WantsVersion<Operation>;

export type Handler<Operation, Context> = (request: Request<Operation, Context>) => Promise<AnswerOf<Operation>>;

/** A handler for each operation of a face: one that is forgotten does not compile. */
export type Handlers<Paths, Context> = {
  readonly [Key in OperationKey<Paths>]: Handler<OperationAt<Paths, Key>, Context>;
};

/** Handlers of some operations of a face, each with the types that its document says. */
export const handlersOf =
  <Paths, Context>() =>
  <Key extends OperationKey<Paths>>(
    handlers: { readonly [K in Key]: Handler<OperationAt<Paths, K>, Context> },
  ): {
    readonly [K in Key]: Handler<OperationAt<Paths, K>, Context>;
  } =>
    handlers;
