import { existsSync } from "node:fs";
import { join } from "node:path";
import express, { type Request, type Router } from "express";

const year = 365 * 24 * 60 * 60;

// Below the door a probe or a program may ask for anything; only a browser asks for a page.
const asksForPage = ({ headers, path }: Request): boolean =>
  path === "/" || (headers.accept?.includes("text/html") ?? false);

/** The console's files as they were built; any other address that a person might have open is answered with its first page. */
export const consoleFiles = (folder: string): Router => {
  const router = express.Router();
  const firstPage = join(folder, "index.html");
  // The names of these files change with what is in them.
  router.use(
    "/assets",
    express.static(join(folder, "assets"), { immutable: true, maxAge: year * 1000, fallthrough: false }),
  );
  router.use(
    express.static(folder, {
      index: false,
      cacheControl: false,
      setHeaders: (response) => response.setHeader("cache-control", "no-cache"),
    }),
  );
  router.get("/{*place}", (request, response, next) => {
    if (!asksForPage(request) || !existsSync(firstPage)) return next();
    response.set("cache-control", "no-cache").sendFile(firstPage);
  });
  return router;
};
