import { type Document, type Face, faces, type Operation, operationsOf } from "../inbound/documents.ts";
import { type Validator, validatorsOf } from "../inbound/validation.ts";

export type LiveOperations = ReadonlyMap<string, { readonly operation: Operation; readonly validator: Validator }>;

/** The WebSockets of the faces, by the path at which they are opened. */
export const liveOperations = (documents: Readonly<Record<Face, Document>>): LiveOperations =>
  new Map(
    faces.flatMap((face) => {
      const validatorOf = validatorsOf(face, documents[face]);
      return operationsOf(face, documents[face])
        .filter(({ webSocket }) => webSocket)
        .map(
          (operation) => [`/${face}/v1${operation.path}`, { operation, validator: validatorOf(operation) }] as const,
        );
    }),
  );
