import { setTimeout as pause } from "node:timers/promises";
import { type FaultProxy, faultProxy } from "@headway/testkit/fault-proxy";
import { startRedis } from "@headway/testkit/native-redis";
import { startChild } from "headway/host/child";
import { type Fault, type FaultLine, type FaultSettings, judged } from "../frame/fault.ts";
import { inFolder } from "../frame/in-folder.ts";
import { spread } from "../frame/spread.ts";
import { type Answered, type Edge, edgeAt, itemsOf } from "./redis-gone/edge.ts";
import { codesOf, type Load, logIn, makeUser, startLoad } from "./redis-gone/load.ts";
import { type Outage, type Remains, weigh } from "./redis-gone/weigh.ts";

/** Milliseconds: a minute where nothing is said, else shorter ones. */
const usual = { tries: 1, goneMs: 60_000 } as const;
const shortGoneMs = 12_000;
/** How long everything may take to work again (milliseconds). */
const patience = 60_000;

/** The network before Redis is gone, first in silence and then with refusals, while ten processes are called through the gateway. */
export const redisGone: Fault = ({ tries, say }) =>
  inFolder(async (folder) => {
    const redis = await startRedis({ folder: `${folder}/redis` });
    const proxy = await faultProxy(redis.url);
    const address = new URL(redis.url);
    address.host = `127.0.0.1:${proxy.port}`;
    const child = await startChild({
      folder: `${folder}/headway`,
      asked: ["stack", "--empty"],
      environment: { HEADWAY_TEST_REDIS_URL: address.href },
    });
    try {
      const outages = tries === null ? usual : { tries, goneMs: shortGoneMs };
      return [await loseRedis({ edge: edgeAt(child.url), key: child.key, proxy, ...outages }, say)];
    } finally {
      await child.end("SIGTERM");
      await Promise.all([proxy.close(), redis.stop()]);
    }
  });

type Stack = {
  readonly edge: Edge;
  readonly key: string;
  readonly proxy: FaultProxy;
  readonly tries: number;
  readonly goneMs: number;
};

const loseRedis = async ({ edge, key, proxy, tries, goneMs }: Stack, say: FaultSettings["say"]): Promise<FaultLine> => {
  await makeUser(edge, key);
  const before = await Promise.all([logIn(edge), logIn(edge), logIn(edge)]);
  const cookies = before.map(({ cookie }) => cookie);
  const load = startLoad(edge, key, cookies);
  await pause(3000);
  const outages: Outage[] = [];
  const recoveries: number[] = [];
  const findings: string[] = [];
  for (let outage = 1; outage <= tries; outage++) {
    const gone = await cutFor(proxy, goneMs);
    outages.push(gone);
    say(`Redis was gone for ${Math.round((gone.to - gone.from) / 1000)} s: ${outage} of ${tries}`);
    const recovery = await untilAllWorks(load, gone, say);
    if (recovery === null) findings.push(`Not all worked again within ${patience / 1000} s after Redis was back.`);
    else recoveries.push(recovery);
    await pause(2000);
  }
  await load.stop();
  load.logins.push(...before);
  const weighed = weigh(load, outages, await lookAt(edge, key, load));
  const refused = [...load.writes.values(), ...load.logins, ...load.reads].filter(({ status }) => status === 503);
  say(`${refused.length} calls were refused: ${[...new Set(refused.map(({ slug }) => slug))].join(", ")}`);
  if (refused.length === 0) findings.push("No call was refused: Redis was gone for nobody.");
  return judged({
    name: "redis-gone",
    tries,
    disordered: null,
    recoveryMs: recoveries.length > 0 ? spread(recoveries) : null,
    ...weighed,
    findings: [...weighed.findings, ...findings],
  });
};

/** A third of the time nothing comes back, then all is refused. */
const cutFor = async (proxy: FaultProxy, ms: number): Promise<Outage> => {
  const from = Date.now();
  void proxy.freeze();
  await pause(ms / 3);
  proxy.cut();
  await pause((ms * 2) / 3);
  proxy.restore();
  return { from, to: Date.now() };
};

/**
 * Waits until a write, a login and reads that were asked after Redis was back were answered well. Answers how long after it
 * the last of them was, in milliseconds; null where one was not.
 */
const untilAllWorks = async (
  { writes, logins, reads }: Load,
  { to: back }: Outage,
  say: FaultSettings["say"],
): Promise<number | null> => {
  while (Date.now() - back < patience) {
    const first = (answers: readonly Answered[]): number =>
      (answers.find(({ from, status }) => from > back && status > 0 && status < 300)?.to ?? Infinity) - back;
    const [write, login] = [first([...writes.values()]), first(logins)];
    const [person, machine] = [
      first(reads.filter(({ by }) => by === "person")),
      first(reads.filter(({ by }) => by === "machine")),
    ];
    const last = Math.max(write, login, person, machine);
    if (last < Infinity) {
      say(`Works again: a read after ${machine} ms, a write ${write}, a session ${person}, a login ${login}`);
      return last;
    }
    await pause(50);
  }
  return null;
};

const lookAt = async (edge: Edge, key: string, { logins }: Load): Promise<Remains> => {
  const depots = await edge({
    method: "GET",
    path: "/integration/v1/depots",
    headers: { Authorization: `Headway-Key ${key}` },
  });
  const cookies = logins.filter(({ status }) => status === 200).map(({ cookie }) => cookie);
  const dead: string[] = [];
  for (const cookie of cookies) {
    const { status, slug } = await edge({ method: "GET", path: "/dispatcher/v1/session", headers: { cookie } });
    if (status !== 200) dead.push(`${status} ${slug}`);
    // No more often than one person may call.
    await pause(60);
  }
  const own = await edge({ method: "GET", path: "/dispatcher/v1/sessions", headers: { cookie: cookies[0] ?? "" } });
  return { codes: codesOf(itemsOf(depots.body)), sessions: itemsOf(own.body).length, dead };
};
