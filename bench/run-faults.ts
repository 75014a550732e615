import { readFlags, say } from "./frame/command.ts";
import { brokenLine, type Fault, type FaultLine } from "./frame/fault.ts";
import { machine } from "./frame/machine.ts";
import { oneByOne } from "./frame/one-by-one.ts";
import { faultTable } from "./frame/table.ts";

/** Each is loaded when it is run. */
const faults: Readonly<Record<string, () => Promise<Fault>>> = {
  races: async () => (await import("./faults/races.ts")).races,
  "relay-killed": async () => (await import("./faults/relay-killed.ts")).relayKilled,
  "broker-killed": async () => (await import("./faults/broker-killed.ts")).brokerKilled,
  "postgres-cut": async () => (await import("./faults/postgres-cut.ts")).postgresCut,
  consumers: async () => (await import("./faults/consumers.ts")).consumers,
  "redis-gone": async () => (await import("./faults/redis-gone.ts")).redisGone,
  "single-process": async () => (await import("./faults/single-process.ts")).singleProcess,
  sagas: async () => (await import("./faults/sagas.ts")).sagas,
};

const { json, only, seed, times } = readFlags(process.argv, {
  name: "npm run faults --",
  description: "Kills and cuts what Headway stands on, under load, and counts what is lost, doubled or disordered.",
  names: Object.keys(faults),
  times: "tries",
  timesText: "how often each fault is made; as the campaign wants where it is not said",
});

const lines = await oneByOne<FaultLine>(
  only,
  async (name) => (await (await faults[name]?.())?.({ tries: times, seed, say })) ?? [],
  brokenLine,
);

process.stdout.write(
  json ? `${JSON.stringify(lines, null, 2)}\n` : `${[...machine(), "", faultTable(lines)].join("\n")}\n`,
);
for (const { name, findings } of lines) for (const finding of findings) say(`${name}: ${finding}`);
process.exit(lines.every(({ holds }) => holds) ? 0 : 1);
