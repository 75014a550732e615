import express, { type Router } from "express";
import { type Document, type Face, type Operation, operationsOf } from "./documents.ts";
import type { AnyHandler, Door } from "./door.ts";
import { EdgeRefusal } from "./refusal.ts";
import { write } from "./told.ts";
import { validatorsOf } from "./validation.ts";

/** Every operation of a face behind its door. An operation without a handler stops the start; the compiler has seen it before. */
export const faceRouter = (
  face: Face,
  document: Document,
  handlers: Readonly<Record<string, AnyHandler>>,
  door: Door,
): Router => {
  const router = express.Router({ caseSensitive: true, strict: true });
  const validatorOf = validatorsOf(face, document);
  const operations = operationsOf(face, document).filter(({ webSocket }) => !webSocket);
  for (const operation of operations) {
    const handler = handlers[`${operation.method} ${operation.path}`];
    if (!handler) throw new Error(`${face} has no handler for ${operation.method} ${operation.path}.`);
    const pass = door(operation, validatorOf(operation), handler);
    router[methodOf(operation)](toExpressPath(operation.path), async (request, response) =>
      write(response, await pass(request)),
    );
  }
  for (const [path, methods] of Map.groupBy(operations, (operation) => operation.path))
    router.all(toExpressPath(path), () => {
      const allow = methods.map(({ method }) => method).join(", ");
      throw new EdgeRefusal(405, "method.not-here", `Only ${allow} is possible here.`, { headers: { allow } });
    });
  router.use(() => {
    throw new EdgeRefusal(404, "path.unknown", "There is nothing here; the operations are listed at /docs.");
  });
  return router;
};

const methodOf = ({ method }: Operation): "get" | "post" | "put" | "delete" => {
  const found = (["get", "post", "put", "delete"] as const).find((name) => name.toUpperCase() === method);
  if (!found) throw new Error(`${method} is no method of the edge.`);
  return found;
};

/** `/rosters/:rosterId` for `/rosters/{rosterId}`. */
const toExpressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ":$1");
