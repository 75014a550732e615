/** Minutes from midnight UTC of the service date. */
export type Minute = number;

/** What the roster tells of an assignment: that a driver has the duty, or no longer. */
export type News = {
  readonly what: "assigned" | "released";
  readonly assignment: string;
  readonly driver: string;
  readonly version: number;
  /** Null for when it is heard: of a cover, which may be asked for while the clock moves on. */
  readonly at: Minute | null;
};

type OnDuty = {
  holder: { readonly assignment: string; readonly driver: string } | null;
  made: number;
  version: number;
};

/** Scheduling as dispatch sees it: who has which duty, and what it has told that nobody has heard yet. */
export type Roster = {
  readonly duties: Map<string, OnDuty>;
  readonly untold: Map<string, News[]>;
  busy: string | null;
  /** It answers nothing in that minute; where it `acts` it has done the first thing asked all the same. */
  silent: { readonly at: Minute; acts: boolean } | null;
};

export const rosterOf = (duties: readonly string[]): Roster => ({
  duties: new Map(duties.map((duty) => [duty, { holder: null, made: 0, version: 0 }])),
  untold: new Map(duties.map((duty) => [duty, []])),
  busy: null,
  silent: null,
});

/** Gives a duty to a driver, and takes it from whoever has it. */
export const give = (roster: Roster, duty: string, driver: string, at: Minute | null): string => {
  const on = found(roster.duties, duty);
  on.version++;
  if (on.holder) found(roster.untold, duty).push({ what: "released", ...on.holder, version: on.version, at });
  on.holder = { assignment: `${duty}${++on.made}`, driver };
  found(roster.untold, duty).push({ what: "assigned", ...on.holder, version: on.version, at });
  return on.holder.assignment;
};

export const take = (roster: Roster, duty: string, at: Minute): void => {
  const on = found(roster.duties, duty);
  if (!on.holder) return;
  found(roster.untold, duty).push({ what: "released", ...on.holder, version: ++on.version, at });
  on.holder = null;
};

export type Answer = { readonly assignment: string } | { readonly refused: string } | "silence";

/** What scheduling says where dispatch asks it to put a driver on a duty instead of another, or of nobody. */
export const cover = (roster: Roster, duty: string, driver: string, insteadOf: string | null, at: Minute): Answer => {
  const silence = roster.silent?.at === at ? roster.silent : null;
  if (silence && !silence.acts) return "silence";
  if (silence) silence.acts = false;
  const answer = act(roster, duty, driver, insteadOf);
  return silence ? "silence" : answer;
};

const act = (roster: Roster, duty: string, driver: string, insteadOf: string | null): Answer => {
  const { holder } = found(roster.duties, duty);
  if (holder?.driver === driver) return holder;
  if (holder && holder.driver !== insteadOf) return { refused: "duty.taken" };
  if (roster.busy === driver) return { refused: "driver.busy" };
  return { assignment: give(roster, duty, driver, null) };
};

export const found = <K, V>(map: ReadonlyMap<K, V>, key: K): V => {
  const value = map.get(key);
  if (value === undefined) throw new Error(`There is no ${String(key)}.`);
  return value;
};
