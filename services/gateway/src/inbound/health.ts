import express, { type Router } from "express";

/** What a balancer asks: `/livez` touches nothing, `/readyz` the gateway's own parts. */
export const health = (unready: () => Promise<readonly string[]>): Router => {
  const router = express.Router();
  router.get("/livez", (_request, response) => {
    response.type("text/plain").send("alive\n");
  });
  router.get("/readyz", async (_request, response) => {
    const parts = await unready();
    response.type("text/plain");
    if (parts.length === 0) response.send("ready\n");
    else response.status(503).send(`not ready: ${parts.join(", ")}\n`);
  });
  return router;
};
