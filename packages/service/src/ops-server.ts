import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Metrics } from "./metrics.ts";

export type OpsServer = { readonly port: number; readonly close: () => Promise<void> };

type Answer = readonly [status: number, text: string];

/** What watches a process asks it: `/livez` touches nothing, `/readyz` its own parts, `/metrics` for Prometheus. */
export const startOpsServer = async (
  port: number,
  host: string,
  metrics: Metrics,
  unready: () => Promise<readonly string[]>,
): Promise<OpsServer> => {
  const answers: Readonly<Record<string, () => Promise<Answer>>> = {
    "/livez": async () => [200, "alive\n"],
    "/readyz": async () => {
      const parts = await unready();
      return parts.length === 0 ? [200, "ready\n"] : [503, `not ready: ${parts.join(", ")}\n`];
    },
    "/metrics": async () => [200, await metrics.text()],
  };
  const server = createServer(async (request, response) => {
    const [path = ""] = (request.url ?? "").split("?");
    const answer = answers[path] ?? (async (): Promise<Answer> => [404, "not here\n"]);
    const [status, text] = await answer().catch((): Answer => [500, "this failed\n"]);
    response.writeHead(status, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(text);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, host, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
