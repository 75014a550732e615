import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { atConsole, byMachine, type Caller, createServiceAccount, onPhone, type Told } from "./callers.ts";
import { type Documented, type Face, operationsOf } from "./documented.ts";
import { type Things, thingsOf } from "./things-of-depot.ts";
import { day, type Grant, startTwoDepots, type TwoDepots } from "./two-depots.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

/** What concerns all depots. */
const concernsAll = /^\/(users|service-accounts|clock|operations|reports|pay-periods|staff-imports)\b/;
const isGlobal = ({ id, path }: Documented): boolean =>
  concernsAll.test(path) || ["openDepot", "publishRuleSet"].includes(id);
/** A period's sums and lines are cut to the caller's depots. */
const refusedToNoClerk = ["listPayPeriods", "getPayPeriod", "listPayLines"];

/** A batch answers for each signing apart. */
const answersByRow = ["signBatch"];
const changesFeed = ({ method, names }: Documented): boolean => method !== "GET" && names.includes("feedId");

const plain = { date: day.toString(), "date-time": `${day}T00:00:00Z`, at: `${day}T00:00:00Z` };
const clerks = ["payroll", "hr", "auditor"] as const;

let headway: TwoDepots;
let theirs: Things;
const callers = new Map<string, Caller>();

beforeAll(async () => {
  headway = await startTwoDepots();
  const { url, own, other, newUser } = headway;
  theirs = await thingsOf(headway, other);
  const inOwn = (role: Grant["role"]): Grant => ({ role, depotIds: [own.id] });
  const dispatcher = await newUser([inOwn("dispatcher")]);
  const planner = await newUser([inOwn("planner")]);
  const clerk = await newUser(clerks.map(inOwn));
  const driver = await headway.driver(own.held[0]?.driver ?? "");
  callers.set("dispatcher at the console", await atConsole(url, dispatcher));
  callers.set("planner at the console", await atConsole(url, planner));
  callers.set("clerk of all offices at the console", await atConsole(url, clerk));
  callers.set("driver at the console", await atConsole(url, driver));
  callers.set("dispatcher on the phone", await onPhone(url, dispatcher));
  callers.set("planner on the phone", await onPhone(url, planner));
  callers.set("driver on the phone", await onPhone(url, driver));
  const everyRole = ["dispatcher", "planner", ...clerks] as const;
  callers.set("service account", byMachine(url, await newKey(everyRole.map(inOwn))));
  callers.set("service account of all depots", byMachine(url, await newKey([{ role: "admin", depotIds: [] }])));
});
afterAll(() => headway?.end());

/** Only an administrator at the console makes service accounts. */
const newKey = async (grants: readonly Grant[]): Promise<string> => {
  const admin = await headway.newUser([{ role: "admin", depotIds: [] }]);
  return createServiceAccount(headway.url, admin, grants);
};

const callerNamed = (name: string): Caller => {
  const caller = callers.get(name);
  if (!caller) throw new Error(`There is no ${name}.`);
  return caller;
};

const versionFor = ({ path }: Documented): number =>
  theirs.versions[[...path.matchAll(/\{(\w+)\}/g)].at(-1)?.[1] ?? ""] ?? 1;

/** What the operations were answered, in words, those that `refused` finds well refused left out. */
const notRefused = async (
  name: string,
  operations: readonly Documented[],
  refused: (told: Told) => boolean,
): Promise<string[]> => {
  const wrong: string[] = [];
  for (const operation of operations) {
    const told = await callerNamed(name)(operation, { ...plain, ...theirs.ids }, versionFor(operation));
    if (!refused(told))
      wrong.push(`${operation.id}: ${told.status} ${told.slug} ${JSON.stringify(told.json).slice(0, 300)}`);
  }
  return wrong;
};

const ofADepot = (face: Face): Documented[] => {
  const named = new Set(Object.keys(theirs.ids).filter((name) => name !== "feedId"));
  return operationsOf(face)
    .filter((one) => !isGlobal(one) && !answersByRow.includes(one.id))
    .filter((one) => changesFeed(one) || one.names.some((name) => named.has(name)));
};

describe("what belongs to another depot", () => {
  it.each<[string, Face]>([
    ["dispatcher at the console", "dispatcher"],
    ["planner at the console", "dispatcher"],
    ["clerk of all offices at the console", "dispatcher"],
    ["driver at the console", "dispatcher"],
    ["dispatcher on the phone", "mobile"],
    ["planner on the phone", "mobile"],
    ["driver on the phone", "mobile"],
    ["service account", "integration"],
  ])("is refused to a %s", async (name, face) => {
    const operations = ofADepot(face);
    expect(operations.length).toBeGreaterThan(face === "mobile" ? 5 : 40);
    expect(await notRefused(name, operations, ({ status }) => [403, 404].includes(status))).toEqual([]);
  });

  it("is there, and is shown to who has a role in all depots", async () => {
    const reads = ofADepot("integration").filter(({ method }) => method === "GET");
    expect(reads.length).toBeGreaterThan(12);
    expect(await notRefused("service account of all depots", reads, ({ status }) => status === 200)).toEqual([]);
  });

  it("is refused in its row of a service account's batch", async () => {
    const batch = operationsOf("integration").filter(({ id }) => answersByRow.includes(id));
    const row = { match: null, slug: expect.stringMatching(/other-depot|not-yours/) };
    for (const operation of batch)
      expect(await callerNamed("service account")(operation, { ...plain, ...theirs.ids }, 1)).toMatchObject({
        status: 200,
        json: { results: [row] },
      });
    expect(batch).toHaveLength(1);
  });
});

describe("what concerns all depots", () => {
  it.each<[string, Face]>([
    ["clerk of all offices at the console", "dispatcher"],
    ["service account", "integration"],
  ])("is refused to a %s of one", async (name, face) => {
    const operations = operationsOf(face).filter((one) => isGlobal(one) && !refusedToNoClerk.includes(one.id));
    expect(operations.length).toBeGreaterThan(15);
    // What only an administrator may do is refused for the role: there is no administrator of one depot.
    const refused = ({ status, slug }: Told): boolean =>
      status === 403 && ["caller.some-depots", "caller.role"].includes(slug);
    expect(await notRefused(name, operations, refused)).toEqual([]);
  });
});
