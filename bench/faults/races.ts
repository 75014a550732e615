import { type Chance, chanceOf } from "headway/demo/chance";
import { dayOf } from "headway/rehearse/desk";
import { answerOf, type Headway, type Schemas } from "headway/rehearse/headway";
import { instantOf, type Minute, shownMinute } from "headway/rehearse/minute";
import { assignmentsOf } from "headway/rehearse/publish-rosters";
import { quiet } from "headway/rehearse/quiet";
import { examine } from "../audit/audit.ts";
import { toldFindings } from "../audit/finding.ts";
import { type Fault, type FaultLine, type FaultSettings, judged } from "../frame/fault.ts";
import { inFolder } from "../frame/in-folder.ts";
import { type Board, type Outcome, orderGiver } from "./races/orders.ts";
import { openStage, type Stage } from "./races/stage.ts";
import { doubled, tally, told, unlawful } from "./races/tally.ts";

/** Orders in all, and at once. */
const usual = 5_000;
const together = 20;
/** So few are in a round that orders meet. */
const hotDrivers = 8;
const hotDuties = 10;
/** Minutes that pass in a round; the clock decides what is late and missed while the orders are under way. */
const longestStep = 25;

/**
 * Orders of dispatchers, drivers and payroll for the same drivers and duties at the same moment, while the clock goes on:
 * assign, release, sick calls, publications, signings, replacements, cancellations, and a pay period frozen and thawed.
 */
export const races: Fault = (settings) => inFolder((folder) => racesIn(folder, settings));

const racesIn = async (folder: string, { tries, seed, say }: FaultSettings): Promise<FaultLine[]> => {
  const stage = await openStage(seed, folder);
  try {
    const outcomes = await race(stage, tries ?? usual, seed, say);
    await quiet(stage.headway);
    const checked = await examine({ postgresUrl: stage.postgresUrl, brokers: null });
    const { findings, ...counted } = await tally(stage.postgresUrl, outcomes);
    say(told(outcomes));
    return [
      judged({
        name: "races",
        tries: outcomes.length,
        ...counted,
        doubled: doubled(checked),
        disordered: null,
        findings: [...unlawful(outcomes), ...findings, ...toldFindings(checked)],
        recoveryMs: null,
      }),
    ];
  } finally {
    await stage.end();
  }
};

const race = async (stage: Stage, orders: number, seed: number, say: (line: string) => void): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  for (let round = 0, minute = stage.begins; outcomes.length < orders; round++) {
    const chance = chanceOf(seed, round);
    const give = orderGiver(stage, chance);
    if (round % 25 === 0) say(`${outcomes.length} orders given; their clock shows ${instantOf(minute)}`);
    const board = await look(stage, minute, chance);
    minute += chance.whole(1, longestStep);
    const clock = stage.headway.PUT("/clock", { body: { at: instantOf(minute) } });
    const given = await Promise.all(Array.from({ length: together }, () => give(board)));
    answerOf(await clock);
    outcomes.push(...given.filter((outcome) => outcome !== null));
  }
  return outcomes;
};

/** What people see when a round begins: all of them the same. */
const look = async (stage: Stage, minute: Minute, chance: Chance): Promise<Board> => {
  const { headway, depots, published } = stage;
  const near = stage.duties.filter(({ starts, ends }) => starts < minute + 12 * 60 && ends > minute - 2 * 60);
  const hot = new Set(some(near, hotDuties, chance).map(({ id }) => id));
  const days = [0, 8 * 60].map((ahead) => shownMinute(minute + ahead, stage.zone).slice(0, 10));
  const inDays = depots.flatMap((depot) => days.map((day) => dayOf(headway, depot, day)));
  const held = await Promise.all(published.map((roster) => assignmentsOf(headway, roster)));
  const path = { payPeriodId: stage.payPeriod.id };
  return {
    minute,
    depots,
    days,
    drivers: some(stage.drivers, hotDrivers, chance),
    duties: [...hot],
    assignments: held.flat().filter(({ dutyId }) => hot.has(dutyId)),
    dayDuties: (await Promise.all(inDays)).flat().filter(({ dutyId }) => hot.has(dutyId)),
    drafts: await Promise.all(stage.drafts.map(({ id }) => rosterOf(headway, id))),
    payPeriod: answerOf(await headway.GET("/pay-periods/{payPeriodId}", { params: { path } })),
  };
};

const rosterOf = async (headway: Headway, rosterId: string): Promise<Schemas["Roster"]> =>
  answerOf(await headway.GET("/rosters/{rosterId}", { params: { path: { rosterId } } }));

const some = <T>(all: readonly T[], count: number, chance: Chance): T[] =>
  all.length === 0 ? [] : Array.from({ length: count }, () => chance.pick(all));
