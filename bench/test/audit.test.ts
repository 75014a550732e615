import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EmbeddedPostgres } from "@headway/testkit/embedded-postgres";
import { givenServers } from "@headway/testkit/given-servers";
import type { Message } from "kafkajs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "../audit/audit.ts";
import { openDatabases, services } from "../audit/databases.ts";
import { findingsOf } from "../audit/finding.ts";
import { checkOutbox } from "../audit/outbox.ts";
import { corruptions } from "./corruptions.ts";
import { livedThrough } from "./lived-through.ts";
import { planted } from "./planted.ts";
import { ownTopics, sendLogs, type TopicName } from "./sent.ts";

let folder = "";
let postgres: EmbeddedPostgres | null = null;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headway-audit-test-"));
  postgres = await livedThrough(folder);
});
afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

const url = (): string => postgres?.url ?? "";

const found = async () => findingsOf(await examine({ postgresUrl: url(), brokers: null }));

/** The checks that two such days may leave nothing for: nobody leaves, nothing is paid anew, all duties have ended. */
const mayBeIdle: readonly string[] = [
  "versions of iam's SessionRevoked and so on (each)",
  "versions of dispatch's SigningOrphaned and so on (each)",
  "dispatch's orphaned signings as told",
  "what notification heard of planning",
  "slices of reporting's events",
  "notices of changed duties against what was told",
  "iam's leavers against hr's",
  "reversals against the lines that they name",
  "corrections against the lines that they replace",
  "duties that a driver is awaited for in dispatch",
  "drivers of a duty in dispatch",
  "parked events of planning",
  "unpublished events of reporting",
  "leavers whose last day is over",
];

describe("the audit", () => {
  it("finds nothing in a Headway that has lived through two days", async () => {
    const checked = await examine({ postgresUrl: url(), brokers: null });
    expect(findingsOf(checked)).toEqual([]);
    // A check of nothing finds nothing.
    const idle = checked.filter(({ where, looked }) => looked === 0 && !mayBeIdle.includes(where));
    expect(idle.map(({ where }) => where)).toEqual([]);
  });

  it.for(corruptions)("finds $what, where it is and nowhere else", async ({ foundBy, says, ...planting }) => {
    const findings = await planted(url(), planting, found);
    expect([...new Set(findings.map(({ where }) => where))]).toEqual(foundBy);
    expect(findings.map(({ detail }) => detail).join("\n")).toMatch(says);
  });

  it("finds nothing once everything is as it was", async () => {
    expect(await found()).toEqual([]);
  });
});

/** What is wrong with a topic of dispatch's events, each by what it makes of the first events of one duty. */
const spoilt: readonly {
  readonly what: string;
  readonly spoil: (messages: readonly Message[]) => readonly Message[];
  readonly says: RegExp;
}[] = [
  {
    what: "a message that is missing",
    spoil: ([_, ...others]) => others,
    says: /is marked as published, and is not in the topic/,
  },
  {
    what: "a message that came again with other bytes",
    spoil: ([first, ...others]) => (first ? [first, ...others, { ...first, value: Buffer.from("other") }] : []),
    says: /went out with another payload/,
  },
  {
    what: "two messages of one key in the wrong order",
    spoil: ([first, second, ...others]) => (first && second ? [second, first, ...others] : []),
    says: /\(position \d+\) comes after position \d+/,
  },
  {
    what: "a message that no log has",
    spoil: ([first, ...others]) =>
      first ? [first, ...others, { ...first, headers: { ...first.headers, ce_id: crypto.randomUUID() } }] : [],
    says: /is in the topic, and in no log/,
  },
];

describe("the audit of the topics", () => {
  const whole = ownTopics();
  beforeAll(() => sendLogs({ postgresUrl: url(), brokers: givenServers().brokers, nameOf: whole, of: services }));

  const against = async (nameOf: TopicName) => {
    const db = openDatabases(url());
    try {
      return await checkOutbox(db, givenServers().brokers, nameOf);
    } finally {
      await db.close();
    }
  };

  /** All topics, and in the place of dispatch's one with what `spoil` makes of it. */
  const spoiltBy = async (spoil: (messages: readonly Message[]) => readonly Message[]) => {
    const own = ownTopics();
    const servers = { postgresUrl: url(), brokers: givenServers().brokers, nameOf: own, of: ["dispatch" as const] };
    await sendLogs(servers, (messages) => spoil(ofOneDuty(messages)));
    return against((service) => (service === "dispatch" ? own : whole)(service));
  };

  it("finds nothing where each log is in its topic", async () => {
    const checks = await against(whole);
    expect(checks.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(checks.find(({ where }) => where.includes("dispatch"))?.looked).toBeGreaterThan(100);
  });

  it("finds nothing where a log is in its topic twice", async () => {
    const checks = await spoiltBy((messages) => [...messages, ...messages]);
    expect(checks.flatMap(({ wrong }) => wrong)).toEqual([]);
  });

  it.for(spoilt)("finds $what", async ({ spoil, says }) => {
    const wrong = (await spoiltBy(spoil)).flatMap((check) => check.wrong);
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toMatch(says);
  });
});

/** The messages with those of one key first: the order of different keys says nothing. */
const ofOneDuty = (messages: readonly Message[]): readonly Message[] => {
  const key = messages.find(({ headers }) => headers?.ce_type === "DriverSignedOn")?.key;
  return [...messages.filter((one) => one.key === key), ...messages.filter((one) => one.key !== key)];
};
