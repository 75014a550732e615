import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Bus } from "@headway/messaging/bus";
import { inProcessBus } from "@headway/messaging/in-process-bus";
import { type Hosted, hostService, inProcessTransport } from "@headway/service/host-service";
import { liveUntilStopped } from "@headway/service/life";
import { type Logger, openLog } from "@headway/service/log";
import { openMetrics } from "@headway/service/metrics";
import { startTracing } from "@headway/service/start-tracing";
import { startTogether, stopTogether } from "@headway/service/together";
import { inwardTokens } from "@headway/service/tokens";
import { type EmbeddedPostgres, startPostgres } from "@headway/testkit/embedded-postgres";
import { pino } from "pino";
import { type HostedDemo, openDemo } from "./demo.ts";
import { firstStart, keyOfDemo } from "./first-start.ts";
import { demandPort } from "./free-to-listen.ts";
import { greet } from "./greeting.ts";
import { type Installation, openInstallation } from "./installation.ts";
import type { Profile } from "./profile.ts";
import { reachBy } from "./reach-services.ts";
import { services } from "./services.ts";

const host = "127.0.0.1";

/** All ten services in this process, on an embedded PostgreSQL, until it is stopped. Answers the exit code. */
export const runSingleProcess = async (profile: Profile): Promise<number> => {
  await demandPort(profile.port, host);
  const installation = await openInstallation(profile.folder, profile.fresh);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await mkdir(join(installation.folder, "log"), { recursive: true });
  const log = openLog(
    process.env.HEADWAY_LOG_LEVEL ?? "info",
    pino.destination({ dest: join(installation.folder, "log", "headway.jsonl"), sync: false }),
  );
  const stopTracing = await startTracing("single-process", process.env.OTEL_EXPORTER_OTLP_ENDPOINT);
  const postgres = await startPostgres({ folder: join(installation.folder, "postgres") });
  const bus = inProcessBus();
  const demo = await openDemo(profile, installation);
  const { standing, find } = await standUp({ profile, installation, postgres, bus, log, demo });
  // The gateway is the last: nobody is let in before all others work.
  await startTogether(standing);

  const reach = reachBy(installation, (name, interceptors) => inProcessTransport(find(name), interceptors));
  const first = await firstStart(profile, installation, reach);
  greet(profile, first, (await keyOfDemo(installation)) !== null, say);
  await demo.begin(reach, log);

  return liveUntilStopped(log, [
    { name: "word", stop: async () => say(`Ending. Data stay in ${installation.folder}`) },
    { name: "demo", stop: demo.stop },
    { name: "web", stop: find("gateway").closeWeb },
    ...stopTogether(standing, bus),
    { name: "traces", stop: stopTracing },
    { name: "postgres", stop: postgres.stop },
  ]);
};

type Parts = {
  readonly profile: Profile;
  readonly installation: Installation;
  readonly postgres: EmbeddedPostgres;
  readonly bus: Bus;
  readonly log: Logger;
  readonly demo: HostedDemo;
};

type Standing = { readonly standing: readonly Hosted[]; readonly find: (name: string) => Hosted };

/** Puts all services on their feet, each with a database of its own; none of them listens yet. */
const standUp = async ({ profile, installation, postgres, bus, log, demo }: Parts): Promise<Standing> => {
  const hosted = new Map<string, Hosted>();
  const find = (name: string): Hosted => {
    const found = hosted.get(name);
    if (!found) throw new Error(`There is no service ${name}.`);
    return found;
  };
  const environment = {
    ...process.env,
    ...installation.secrets,
    HEADWAY_PORT: String(profile.port),
    HEADWAY_HOST: host,
    HEADWAY_DEMO: demo.file,
  };
  const metrics = openMetrics();
  const standing = await Promise.all(
    services.map(async (service) =>
      hostService(service, {
        environment,
        databaseUrl: await postgres.ensureDatabase(`headway_${service.name}`),
        connections: 12,
        bus,
        redis: null,
        tokens: inwardTokens(installation.secrets.HEADWAY_INWARD_SECRET),
        metrics,
        log,
        rehearsal: profile.rehearsal,
        catchesUp: demo.catchesUp(service.name),
        transportTo: (name, interceptors) => inProcessTransport(find(name), interceptors),
      }),
    ),
  );
  for (const each of standing) hosted.set(each.name, each);
  return { standing, find };
};
