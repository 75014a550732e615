import { limiter } from "@headway/service/limiter";
import { defineService } from "@headway/service/service";
import { unreadyParts } from "@headway/service/unready-parts";
import { config, meant } from "./config.ts";
import { addressOf } from "./inbound/address.ts";
import { type Answers, digestsUnder } from "./inbound/answer-once.ts";
import { makeApp } from "./inbound/app.ts";
import { consoleFiles } from "./inbound/console.ts";
import { demo } from "./inbound/demo.ts";
import { docs } from "./inbound/docs.ts";
import { faces, readDocument } from "./inbound/documents.ts";
import { makeDoor } from "./inbound/door.ts";
import { faceRouter } from "./inbound/face-router.ts";
import { health } from "./inbound/health.ts";
import { web } from "./inbound/web.ts";
import { Hub } from "./live/hub.ts";
import { hearLive } from "./live/live-events.ts";
import { liveOperations } from "./live/live-operations.ts";
import { liveSockets } from "./live/websocket.ts";
import { callsOf } from "./outbound/calls.ts";
import { identitiesFrom } from "./outbound/identities.ts";
import { memoryAnswers } from "./outbound/memory-answers.ts";
import { namesFrom } from "./outbound/names.ts";
import { redisAnswers } from "./outbound/redis-answers.ts";
import { handlers } from "./rest/faces.ts";

/** For tests: which port was taken, and what becomes of answers. */
export type GatewayOverrides = { readonly onListening?: (port: number) => void; readonly answers?: Answers };

export const gateway = defineService({
  name: "gateway",
  topic: null,
  usesRedis: true,
  config,
  migrations: null,
  build(ground, said, { onListening = () => {}, answers }: GatewayOverrides = {}) {
    const settings = meant(said);
    const { log, metrics, redis, bus, clock, rehearsal } = ground;
    const calls = callsOf(ground);
    const names = namesFrom(calls.employees);
    const identities = identitiesFrom(calls.sessions);
    const documents = {
      dispatcher: readDocument("dispatcher"),
      mobile: readDocument("mobile"),
      integration: readDocument("integration"),
    };
    const { secure, origin } = settings.address;
    const { limits, proxies } = settings;
    const counting = { identities, limiter: limiter(redis), limits, secure, proxies };
    const door = makeDoor({
      ...counting,
      ...settings.bodies,
      answers: answers ?? (redis ? redisAnswers(redis) : memoryAnswers()),
      fingerprint: digestsUnder(settings.secret),
      log,
      metrics,
      contextOf: ({ caller, session }, request) => ({
        calls,
        names,
        caller,
        session,
        identities,
        client: { address: addressOf(request, proxies), secure },
        clock: { now: clock.now, rehearsal },
      }),
    });
    const app = makeApp({
      log,
      secure,
      routers: [
        ["/", health(unreadyParts("gateway", ground))],
        ...faces.map((face) => [`/${face}/v1`, faceRouter(face, documents[face], handlers[face], door)] as const),
        ["/docs", docs(documents)],
        ["/", demo(settings.demoFile)],
        ["/", consoleFiles(settings.consoleFolder)],
      ],
    });
    const hub = new Hub();
    const now = () => clock.now().toString();
    const sockets = liveSockets({ ...counting, hub, origin, live: liveOperations(documents), now });
    return {
      doors: [],
      consumers: [],
      jobs: [],
      web: web({
        ...settings.listen,
        app,
        sockets,
        hear: () => hearLive({ bus, hub, forgetCallers: identities.forgetAll, log }),
        onListening,
      }),
    };
  },
});
