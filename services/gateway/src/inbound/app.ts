import type { Logger } from "@headway/service/log";
import express, { type ErrorRequestHandler, type Express, type Router } from "express";
import { EdgeRefusal } from "./refusal.ts";
import { securityHeaders } from "./security-headers.ts";
import { toldFailure, write } from "./told.ts";

export type AppNeeds = {
  readonly log: Logger;
  readonly secure: boolean;
  /** What is served below which path, the first that fits. */
  readonly routers: readonly (readonly [path: string, router: Router])[];
};

/** Everything that is answered over plain HTTP. */
export const makeApp = ({ log, secure, routers }: AppNeeds): Express => {
  const app = express();
  app.disable("x-powered-by").disable("etag").set("query parser", false);
  app.use(securityHeaders(secure));
  for (const [path, router] of routers) app.use(path, router);
  app.use((request) => {
    throw new EdgeRefusal(404, "path.unknown", `There is nothing at ${request.path}.`);
  });
  app.use(failed(log));
  return app;
};

const failed =
  (log: Logger): ErrorRequestHandler =>
  async (error: unknown, request, response, _next) => {
    if (response.headersSent) {
      // Half an answer cannot be mended: the caller must see that it broke.
      log.warn({ event: "answer.broken", error: String(error) });
      response.destroy();
      return;
    }
    await write(response, toldFailure(toRefusal(error), request.originalUrl, log));
  };

/** Express's own refusals of an address or a file carry a status; they are the caller's mistakes. */
const toRefusal = (error: unknown): unknown => {
  const status = error instanceof Error && "status" in error && typeof error.status === "number" ? error.status : 500;
  if (error instanceof EdgeRefusal || status < 400 || status >= 500) return error;
  return new EdgeRefusal(
    status,
    status === 404 ? "path.unknown" : "request.unreadable",
    error instanceof URIError
      ? "The address cannot be read: a % in it begins no character of UTF-8."
      : "The request cannot be read, or asks for nothing that is here.",
  );
};
