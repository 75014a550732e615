import {
  against,
  assign,
  change,
  type DutyOfWeek,
  found,
  type Held,
  holderOf,
  isWaiting,
  type Minute,
  overlap,
  publish,
  release,
  rosterOf,
  type Swap,
  standing,
  stands,
  type Time,
  takesPlace,
  type Week,
} from "./week.ts";

// What each order means for a week. Each answers what its caller may hear: any reason that speaks against it, or `done`.

type Answers = readonly string[];

const decide = (reasons: readonly (string | false)[], act: () => void): Answers => {
  const given = reasons.filter((reason) => reason !== false);
  if (given.length > 0) return [...new Set(given)];
  act();
  return ["done"];
};

const unlessAssigned = ({ state }: Held): string | false => state !== "assigned" && `assignment.${state}`;

/** Both must still hold what they give, and be allowed what they get. */
const againstExchange = (week: Week, mine: Held, theirs: Held): (string | false)[] => [
  unlessAssigned(mine),
  unlessAssigned(theirs),
  ...against(week, theirs.driver, found(week.duties, mine.duty), "swap.illegal", theirs),
  ...against(week, mine.driver, found(week.duties, theirs.duty), "swap.illegal", mine),
];

/** A driver offers an own duty for another's. */
export const request = (week: Week, now: Minute, by: string, offered: string, wanted: string): Answers => {
  const [mine, theirs] = [found(week.held, offered), found(week.held, wanted)];
  const same = [...week.swaps.values()].filter((swap) => swap.offered === offered && swap.wanted === wanted);
  const expiresAt = Math.min(mine.worked.starts, theirs.worked.starts);
  const reasons = [
    mine.driver !== by && "swap.not-yours",
    theirs.driver === by && "swap.with-yourself",
    rosterOf(week, mine) !== rosterOf(week, theirs) && "swap.other-roster",
    rosterOf(week, mine).current === 0 && "roster.draft",
    now >= expiresAt && "swap.too-late",
    same.some(isWaiting) && "swap.exists",
    ...againstExchange(week, mine, theirs),
  ];
  return decide(reasons, () => {
    const name = `${offered}-${wanted}#${same.length + 1}`;
    const swap: Swap = { name, by, of: theirs.driver, offered, wanted, expiresAt, state: "pending", version: 1 };
    week.swaps.set(name, swap);
    week.told.push(`${name} v1 SwapRequested ${by} ${swap.of}`);
  });
};

export const dispatcher = "dispatcher";

/** From which states an order leads where, and whose it is. Whatever is not here is refused. */
export const swapOrders = {
  accept: { from: ["pending"], to: "accepted", whose: ({ of }: Swap) => [of], tells: "SwapAccepted", agrees: true },
  approve: { from: ["accepted"], to: "completed", whose: () => [dispatcher], tells: "SwapApproved", agrees: true },
  decline: {
    from: ["pending", "accepted"],
    to: "declined",
    whose: ({ of }: Swap) => [of, dispatcher],
    tells: "SwapDeclined",
    agrees: false,
  },
  cancel: {
    from: ["pending", "accepted"],
    to: "cancelled",
    whose: ({ by }: Swap) => [by],
    tells: "SwapCancelled",
    agrees: false,
  },
} as const;

export type SwapOrder = keyof typeof swapOrders;

/** One of the two drivers, another one or the dispatcher has their say. */
export const say = (
  week: Week,
  now: Minute,
  order: SwapOrder,
  actor: string,
  { name, seen }: { readonly name: string; readonly seen: number },
): Answers => {
  const { from, to, whose, tells, agrees } = swapOrders[order];
  const swap = found(week.swaps, name);
  const theirs: readonly string[] = whose(swap);
  const states: readonly string[] = from;
  const sides = [found(week.held, swap.offered), found(week.held, swap.wanted)] as const;
  const reasons = [
    !theirs.some((one) => (one === dispatcher) === (actor === dispatcher)) && "caller.role",
    !theirs.includes(actor) && "swap.not-yours",
    swap.version !== seen && "swap.changed",
    !states.includes(swap.state) && `swap.${swap.state}`,
    ...(agrees ? [now >= swap.expiresAt && "swap.too-late", ...againstExchange(week, ...sides)] : []),
  ];
  return decide(reasons, () => {
    const approved = to === "completed" ? [`r${exchange(week, swap, sides)}`] : [];
    swap.state = to;
    swap.version++;
    week.told.push([swap.name, `v${swap.version}`, tells, swap.by, swap.of, ...approved].join(" "));
  });
};

const exchange = (week: Week, { by, of }: Swap, [mine, theirs]: readonly [Held, Held]): number => {
  const roster = rosterOf(week, mine);
  change(roster);
  for (const held of [mine, theirs]) release(week, held, "SWAP");
  assign(week, mine.duty, of);
  assign(week, theirs.duty, by);
  return roster.current;
};

/** Finds the swaps that nobody can carry out any more. */
export const findLapsed = (week: Week): Answers => {
  const isLost = ({ offered, wanted }: Swap) => [offered, wanted].some((name) => !stands(found(week.held, name)));
  const lapsed = [...week.swaps.values()].filter((swap) => isLost(swap) || week.now >= swap.expiresAt);
  week.lapsed = lapsed.filter(isWaiting).map(({ name }) => name);
  return ["done"];
};

/** Ends those that were found and still wait, as of when they lapsed. */
export const endLapsed = (week: Week): Answers => {
  for (const swap of week.lapsed.map((name) => found(week.swaps, name)).filter(isWaiting)) {
    swap.state = "expired";
    swap.version++;
    const at = Math.min(week.now, swap.expiresAt);
    week.told.push(`${swap.name} v${swap.version} SwapExpired ${swap.by} ${swap.of} ${at}`);
  }
  week.lapsed = [];
  return ["done"];
};

const stateOf = ({ withdrawn, cancelled }: DutyOfWeek): (string | false)[] => [
  withdrawn && "duty.withdrawn",
  cancelled && "duty.cancelled",
];

export const giveOpen = (week: Week, now: Minute, name: string, driver: string): Answers => {
  const duty = found(week.duties, name);
  const reasons = [
    holderOf(week, name) !== undefined && "duty.taken",
    now >= duty.time.ends && "duty.over",
    ...stateOf(duty),
    ...against(week, driver, duty, "assignment.illegal"),
  ];
  return decide(reasons, () => {
    change(found(week.rosters, duty.roster));
    assign(week, name, driver);
  });
};

/** Null for nobody who is thought to hold it, `insteadOf` null for whoever does. */
export type Cover = { readonly driver: string; readonly cause: "MISSED" | null; readonly insteadOf: string | null };

export const cover = (week: Week, now: Minute, name: string, { driver, cause, insteadOf }: Cover): Answers => {
  const duty = found(week.duties, name);
  const holder = holderOf(week, name);
  if (holder?.driver === driver) return ["done"];
  const thought = cause !== null && (insteadOf === null || insteadOf === holder?.driver);
  const reasons = [
    now >= duty.time.ends && "duty.over",
    holder !== undefined && !thought && "duty.taken",
    holder !== undefined && holder.state !== "assigned" && "duty.under-way",
    ...stateOf(duty),
    ...against(week, driver, duty, "assignment.illegal"),
  ];
  return decide(reasons, () => {
    change(found(week.rosters, duty.roster));
    if (holder && cause) release(week, holder, cause);
    assign(week, name, driver);
  });
};

export const takeOff = (week: Week, name: string, seen: number): Answers => {
  const held = found(week.held, name);
  return decide([held.version !== seen && "assignment.changed", unlessAssigned(held)], () => lose(week, held));
};

const lose = (week: Week, held: Held, cause = "UNASSIGNED"): void => {
  change(rosterOf(week, held));
  release(week, held, cause);
};

export const makeBinding = (week: Week, name: string, seen: number): Answers => {
  const roster = found(week.rosters, name);
  const reasons = [roster.version !== seen && "roster.changed", roster.current > 0 && "roster.already-published"];
  return decide(reasons, () => publish(week, roster));
};

// What others tell: it is never refused.

/** Whoever cannot work loses what they have before them, as one change of each roster. */
const giveUp = (week: Week, driver: string, cause: string, which: (held: Held) => boolean): Answers => {
  const lost = standing(week).filter((held) => held.driver === driver && held.state === "assigned" && which(held));
  for (const roster of new Set(lost.map((held) => rosterOf(week, held)))) change(roster);
  for (const held of lost) release(week, held, cause);
  return ["done"];
};

export const beAbsent = (week: Week, driver: string, absence: string, time: Time): Answers => {
  found(week.drivers, driver).absences.set(absence, time);
  return giveUp(week, driver, "ABSENCE", ({ worked }) => overlap(worked, time));
};

export const beBack = (week: Week, driver: string, absence: string): Answers => {
  found(week.drivers, driver).absences.delete(absence);
  return ["done"];
};

export const leave = (week: Week, driver: string, lastDay: number): Answers => {
  found(week.drivers, driver).lastDay = lastDay;
  return giveUp(week, driver, "TERMINATED", ({ duty }) => found(week.duties, duty).day > lastDay);
};

export const callOff = (week: Week, name: string, how: "withdrawn" | "cancelled"): Answers => {
  found(week.duties, name)[how] = true;
  const holder = holderOf(week, name);
  if (holder?.state === "assigned") lose(week, holder, "CANCELLED_DUTY");
  return ["done"];
};

export const reactivate = (week: Week, name: string): Answers => {
  found(week.duties, name).cancelled = false;
  return ["done"];
};

/** Whoever holds a duty that gets other times gets it anew, if that is legal. */
export const replan = (week: Week, name: string, time: Time, plan: number): Answers => {
  const duty = found(week.duties, name);
  const differs = duty.time.starts !== time.starts || duty.time.ends !== time.ends;
  Object.assign(duty, { time, plan, withdrawn: false });
  const holder = holderOf(week, name);
  if (!differs || holder?.state !== "assigned") return ["done"];
  lose(week, holder);
  if (takesPlace(duty) && against(week, holder.driver, duty, "illegal").length === 0) assign(week, name, holder.driver);
  return ["done"];
};

const signings = {
  "sign-on": { from: "assigned", to: "under-way" },
  "sign-off": { from: "under-way", to: "worked" },
  relief: { from: "under-way", to: "released" },
} as const;

export type Signing = keyof typeof signings;

/** What comes too late for an assignment is left alone. */
export const sign = (week: Week, name: string, signing: Signing): Answers => {
  const held = found(week.held, name);
  const { from, to } = signings[signing];
  if (held.state !== from) return ["done"];
  if (to === "released") lose(week, held);
  else {
    held.state = to;
    held.version++;
  }
  return ["done"];
};
