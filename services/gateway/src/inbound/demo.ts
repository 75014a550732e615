import { readFile } from "node:fs/promises";
import express, { type Router } from "express";

/** How far the demo metro is, for anybody who waits for it: what its host wrote to the file. Nothing is here without a demo. */
export const demo = (file: string | null): Router => {
  const router = express.Router();
  if (file !== null)
    router.get("/demo", async (_request, response, next) => {
      const said = await readFile(file, "utf8").catch(() => null);
      if (said === null) return next();
      response.set("cache-control", "no-store").type("json").send(said);
    });
  return router;
};
