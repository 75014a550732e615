import { openLog } from "@headway/service/log";
import { openMetrics } from "@headway/service/metrics";
import { startRpcServer } from "@headway/service/rpc-server";
import { serverInterceptor } from "@headway/service/server-interceptor";
import { startTracing } from "@headway/service/start-tracing";
import { answering } from "../forked.ts";
import { routes, tokens } from "./depots.ts";

export type Ports = { readonly whole: number; readonly bare: number };

answering(async (_question: object): Promise<Ports> => {
  await startTracing("figures", undefined);
  const interceptors = [serverInterceptor({ tokens, log: openLog("info"), metrics: openMetrics() })];
  const [whole, bare] = await Promise.all([
    startRpcServer(0, "127.0.0.1", routes, interceptors),
    startRpcServer(0, "127.0.0.1", routes, []),
  ]);
  return { whole: whole.port, bare: bare.port };
});
