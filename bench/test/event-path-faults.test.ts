import { givenServers } from "@headway/testkit/given-servers";
import { describe, expect, test } from "vitest";
import { killBroker } from "../faults/broker-killed.ts";
import { compare } from "../faults/event-path/compare.ts";
import { failMembers, joinAndLeave } from "../faults/event-path/failing-members.ts";
import { killPoints } from "../faults/event-path/kill-points.ts";
import { amountOf } from "../faults/event-path/ledger.ts";
import { mortalKafka } from "../faults/event-path/mortal-kafka.ts";
import { mortalPostgres } from "../faults/event-path/mortal-postgres.ts";
import type { Seen, Told } from "../faults/event-path/seen.ts";
import { cutPostgres } from "../faults/postgres-cut.ts";
import { killRelay, relaysSideBySide } from "../faults/relay-killed.ts";
import { inFolder } from "../frame/in-folder.ts";

const few = { seed: 4, say: () => {}, commandsPerSecond: 50 };
// Far beyond what it takes: no test must fail because the machine is slow.
const timeout = 300_000;
const whole = { lost: 0, doubled: 0, disordered: 0, findings: [], holds: true };

describe.concurrent("nothing is lost, doubled or disordered", { timeout }, () => {
  test("where the broker is killed", () =>
    inFolder(async (folder) => {
      const kafka = await mortalKafka(folder);
      try {
        const line = await killBroker(givenServers().postgresUrl, kafka, { ...few, tries: 2 }, 6000);
        expect(line).toMatchObject(whole);
      } finally {
        await kafka.stop();
      }
    }));

  test("where PostgreSQL is restarted, and its connections are cut", () =>
    inFolder(async (folder) => {
      const postgres = await mortalPostgres(folder);
      try {
        expect(await cutPostgres(postgres, givenServers().brokers, { ...few, tries: 6 })).toMatchObject(whole);
      } finally {
        await postgres.stop();
      }
    }));

  test("where the relay is killed, at each of its five points", async () => {
    expect(await killRelay(givenServers(), killPoints, { ...few, tries: killPoints.length })).toMatchObject(whole);
  });

  test("where two relays are at work, and nothing goes out twice", async () => {
    expect(await relaysSideBySide(givenServers(), { ...few, tries: 2 })).toMatchObject(whole);
  });

  test("where a member of the group dies, leaves and is frozen in the middle of a batch", async () => {
    const faults = ["die", "leave", "stiffen"] as const;
    expect(await failMembers(givenServers(), faults, { ...few, tries: faults.length })).toMatchObject(whole);
  });

  test("where members join and leave", async () => {
    expect(await joinAndLeave(givenServers(), { ...few, tries: 6 })).toMatchObject(whole);
  });
});

describe("the checker", () => {
  const account = "account-1";
  const versions = [1, 2, 3, 4];
  const log = versions.map((version) => ({
    id: `event-${version}`,
    account,
    version,
    command: version,
    published: true,
  }));
  const seen: Seen = {
    accounts: [{ account, version: 4, sum: versions.reduce((sum, command) => sum + amountOf(command), 0) }],
    log,
    topic: log.map((event) => ({ ...event, partition: 1 })),
    effects: versions.map((version) => ({ account, version })),
    parked: 0,
  };
  const told: Told = {
    acknowledged: new Map(versions.map((version) => [version, { account, version }])),
    refused: new Set([5]),
    unknown: new Set([6]),
  };
  const [first, second, third, fourth] = versions.map((version) => ({ account, version }));
  const effects = (...applied: (typeof first)[]) => ({ ...seen, effects: applied.filter((one) => one !== undefined) });
  const counts = { lost: 0, doubled: 0, disordered: 0 };

  test("finds nothing where all is well, also where the relay has published again", () => {
    expect(compare(told, seen)).toEqual({ ...counts, findings: [] });
    expect(compare(told, { ...seen, topic: [...seen.topic, ...seen.topic.slice(1)] })).toEqual({
      ...counts,
      findings: [],
    });
  });

  test.each<[string, Partial<typeof counts>, Seen]>([
    ["an effect that is missing", { lost: 1 }, effects(first, second, fourth)],
    ["an effect that is there twice", { doubled: 1 }, effects(first, second, second, third, fourth)],
    ["effects in another order", { disordered: 1 }, effects(first, third, second, fourth)],
    ["an effect of nothing", { doubled: 1 }, effects(first, second, third, fourth, { account, version: 5 })],
    ["an event that is not in Kafka", { lost: 1 }, { ...seen, topic: seen.topic.slice(0, 3) }],
    ["events in another order in Kafka", { disordered: 3 }, { ...seen, topic: seen.topic.toReversed() }],
    [
      "an account in two partitions",
      {},
      { ...seen, topic: seen.topic.map((sent, index) => ({ ...sent, partition: index % 2 })) },
    ],
    [
      "a state without its event",
      {},
      { ...seen, accounts: seen.accounts.map((state) => ({ ...state, sum: state.sum + 1 })) },
    ],
    ["an event that was never marked", {}, { ...seen, log: log.map((event) => ({ ...event, published: false })) }],
    ["an event that is parked", {}, { ...seen, parked: 1 }],
  ])("finds %s", (_, counted, broken) => {
    const { findings, ...found } = compare(told, broken);
    expect(found).toEqual({ ...counts, ...counted });
    expect(findings).not.toEqual([]);
  });

  test("finds an acknowledged command that left nothing, and a refused one that left something", () => {
    const acknowledged = new Map([...told.acknowledged, [7, { account, version: 5 }] as const]);
    expect(compare({ ...told, acknowledged }, seen)).toMatchObject({ ...counts, lost: 1 });
    const others = new Map([...told.acknowledged].slice(0, 3));
    expect(compare({ ...told, acknowledged: others, refused: new Set([4]) }, seen)).toMatchObject({
      ...counts,
      doubled: 1,
    });
    expect(compare({ ...told, acknowledged: others, unknown: new Set([4]) }, seen).findings).toEqual([]);
    expect(compare({ ...told, acknowledged: others }, seen)).toMatchObject({ ...counts, doubled: 1 });
  });
});
