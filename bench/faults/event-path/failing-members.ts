import { setTimeout as pause } from "node:timers/promises";
import { chanceOf } from "headway/demo/chance";
import type { FaultLine } from "../../frame/fault.ts";
import { type LedgerRun, type LedgerServers, type LedgerSettings, openLedgerRun } from "./ledger-run.ts";
import type { Party } from "./party.ts";
import { untilHealed } from "./quiet.ts";
import type { Mishap, Word } from "./words.ts";

export type MemberFault = Mishap["kind"];

/** The shortest that a broker takes by itself (milliseconds). */
const sessionMs = 6000;
/** Longer than the session, milliseconds. */
const tooLong = 8000;
/** Milliseconds for a mishap to happen, or for a member to come and go. */
const patience = 60_000;

const names: Readonly<Record<MemberFault, string>> = {
  die: "killed in mid-batch",
  leave: "leaves in mid-batch",
  sleep: "slower than its session",
  stiffen: "frozen beyond its session",
};

/** Of two members of one group, one fails in the middle of a batch, in these ways in turn. One that is gone is followed by another. */
export const failMembers = (
  servers: LedgerServers,
  faults: readonly MemberFault[],
  settings: LedgerSettings,
): Promise<FaultLine> => {
  const { tries, seed, say } = settings;
  const name = faults.map((fault) => names[fault]).join(", ");
  return underLoad(servers, settings, name, async (run) => {
    const chance = chanceOf("members", ...faults, seed);
    let members = [await joined(run), await joined(run)] as const;
    await healed(run);
    for (let failure = 0; failure < tries; failure++) {
      const [failing, other] = chance.happens(0.5) ? members : ([members[1], members[0]] as const);
      const mishap = mishapOf(faults[failure % faults.length] ?? "die");
      const over = happens(failing, "over");
      failing.order({ order: "mishap", mishap, share: chance.share() });
      if (!(await over)) run.wrong("A member did not come to the middle of a batch for a minute.");
      members = [other, "ms" in mishap ? failing : await joined(run)];
      await healed(run);
      say(`${name}: ${failure + 1} of ${tries}`);
    }
    return members;
  });
};

/** Two that have no rest share a group with nobody else; at the end one that stays does what they left. */
export const joinAndLeave = (servers: LedgerServers, settings: LedgerSettings): Promise<FaultLine> => {
  const { tries, seed, say } = settings;
  const name = "join and leave";
  return underLoad(servers, settings, name, async (run) => {
    const restless = await Promise.all([1, 2].map((which) => run.consumer({ sessionMs, restless: seed * 2 + which })));
    for (const party of restless) party.order({ order: "go" });
    let stays = 0;
    await Promise.all(
      restless.map(async (party) => {
        for (; stays < tries; stays++)
          if (!(await happens(party, "over"))) return run.wrong("A member neither came nor went for a minute.");
      }),
    );
    say(`${name}: ${stays} stays`);
    await Promise.all(restless.map((party) => party.stop()));
    return [await joined(run)];
  });
};

/** Lets `work` make its faults beside commands and a relay; the members that it answers bring all to its end. */
const underLoad = async (
  servers: LedgerServers,
  settings: LedgerSettings,
  name: string,
  work: (run: LedgerRun) => Promise<readonly Party[]>,
): Promise<FaultLine> => {
  const run = await openLedgerRun(servers, settings);
  try {
    const [commands, relay] = await Promise.all([run.commands(), run.relay()]);
    for (const party of [commands, relay]) party.order({ order: "go" });
    const members = await work(run);
    return await run.judge({ name, tries: settings.tries, recoveryMs: null, commands, others: [relay, ...members] });
  } finally {
    await run.close();
  }
};

const joined = async (run: LedgerRun): Promise<Party> => {
  const member = await run.consumer({ sessionMs });
  member.order({ order: "go" });
  return member;
};

const mishapOf = (kind: MemberFault): Mishap =>
  kind === "sleep" || kind === "stiffen" ? { kind, ms: tooLong } : { kind };

const happens = (party: Party, word: Word["word"]): Promise<boolean> =>
  Promise.race([party.next(word).then(() => true), pause(patience, false, { ref: false })]);

const healed = async (run: LedgerRun): Promise<void> => {
  if ((await untilHealed(run.databaseUrl, Date.now())) === null) run.wrong("No event came through for a minute.");
};
