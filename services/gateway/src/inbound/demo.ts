import { readFile } from "node:fs/promises";
import express, { type Router } from "express";

/** How far the demo metro is, for anybody who waits for it: what its host wrote to the file. 204 where there is none. */
export const demo = (file: string | null): Router => {
  const router = express.Router();
  router.get("/demo", async (_request, response) => {
    const said = file === null ? null : await readFile(file, "utf8").catch(() => null);
    response.set("cache-control", "no-store");
    if (said === null) response.status(204).end();
    else response.type("json").send(said);
  });
  return router;
};
