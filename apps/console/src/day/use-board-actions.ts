import { showServiceTime } from "@headway/kernel/service-day";
import { useMemo, useState } from "react";
import type { DayAddress } from "./day-address.ts";
import { useBoardKeys } from "./keys/use-board-keys.ts";
import type { Attention, Passage } from "./model/attention.ts";
import type { Duty } from "./model/duty.ts";
import { type Figure, figures } from "./model/figures.ts";
import { type Order, towardsReplacement } from "./model/order.ts";
import type { Grouping } from "./model/rows.ts";
import { stepZoom, type Zoom } from "./model/scale.ts";
import type { BoardView } from "./use-board-view.ts";
import { type ChangeDay, closed } from "./use-day-address.ts";

type Board = {
  readonly address: DayAddress;
  readonly change: ChangeDay;
  readonly view: BoardView;
  readonly passage: Passage;
  readonly onFinding: (finding: boolean) => void;
};

const groupings: readonly Grouping[] = ["line", "depot", "driver"];

/** What a person can do on the board; each is a change of the address, but for the help. */
export const useBoardActions = ({ address, change, view, passage, onFinding }: Board) => {
  const [helping, setHelping] = useState(false);
  const [recall, setRecall] = useState(0);
  const steady = useMemo(() => steadyActions(change), [change]);
  const act = {
    ...steady,
    helping,
    recall,
    followNow: () => {
      setRecall(recall + 1);
      change(address.day === undefined ? { at: null } : { at: null, day: null, duty: null, ...closed });
    },
    help: () => setHelping(!helping),
    show: (figure: Figure | null) => change({ show: figure }),
    table: () => change({ view: address.view === "table" ? null : "table" }),
    panel: () => change(address.panel === true ? { panel: null } : { panel: true, ...closed }),
    group: (grouping: Grouping) => change({ group: grouping === "line" ? null : grouping, fold: null }),
    zoom: (direction: 1 | -1) => change(zoomed(view, stepZoom(view.zoom, direction))),
    fold: (group: string) => change({ fold: toggled(address.fold ?? "", group) }),
    /** Shows a duty that may be hidden or out of sight, and opens it, with an order about to be given. */
    reveal: (duty: Duty, ask: Order | null = null) => {
      onFinding(false);
      const hidden = !view.shown.includes(duty);
      const early = Math.max(0, duty.starts - 1800);
      change(
        {
          duty: duty.id,
          open: true,
          ask,
          signing: null,
          panel: null,
          ...(hidden ? { show: null } : {}),
          fold: null,
          ...(view.zoom === "day" ? {} : { at: atText(early) }),
        },
        "step",
      );
    },
    replace: (duty: Duty) =>
      change({ duty: duty.id, open: true, ask: towardsReplacement(duty, view.now), signing: null }),
    ask: (order: Order | null) => change({ ask: order }),
    close: () => change(closed),
  };
  /** Opens what an item that needs a person leads to. */
  const go = (item: Attention | null): void => {
    const signing = item?.signing ?? null;
    if (signing !== null) change({ signing: signing.signingId, open: null, ask: null, panel: null }, "step");
    else if (item !== null && item.duty !== null) act.reveal(item.duty, item.order);
  };
  useBoardKeys(keysOf({ ...act, go }, { address, change, view, passage, onFinding }), () => onFinding(true));
  return { ...act, go };
};

type Actions = {
  readonly helping: boolean;
  readonly help: () => void;
  readonly show: (figure: Figure | null) => void;
  readonly table: () => void;
  readonly group: (grouping: Grouping) => void;
  readonly zoom: (direction: 1 | -1) => void;
  readonly followNow: () => void;
  readonly replace: (duty: Duty) => void;
  readonly go: (item: Attention | null) => void;
};

const keysOf = (act: Actions, { address, change, view, passage, onFinding }: Board): Record<string, () => void> => ({
  ...Object.fromEntries(figures.map((figure, index) => [String(index + 1), () => act.show(figure)])),
  "0": () => act.show(null),
  "?": act.help,
  "/": () => onFinding(true),
  n: act.followNow,
  r: () => view.selected !== null && act.replace(view.selected),
  j: () => act.go(passage.next),
  k: () => act.go(passage.previous),
  t: act.table,
  g: () => act.group(groupings[(groupings.indexOf(view.grouping) + 1) % groupings.length] ?? "line"),
  "+": () => act.zoom(1),
  "=": () => act.zoom(1),
  "-": () => act.zoom(-1),
  Escape: () => change(address.open === true || address.signing !== undefined ? closed : { panel: null, show: null }),
});

/** Actions that the lines of the board hold on to: they stay the same while the address changes. */
const steadyActions = (change: ChangeDay) => ({
  open: (duty: string) => change({ duty, open: true, ask: null, signing: null }),
  scrollTo: (seconds: number) => change({ at: atText(seconds) }),
});

const atText = (seconds: number): string => showServiceTime(Math.max(0, Math.round(seconds / 60) * 60));

/** Zooming keeps what stands in the middle; a view that follows now goes on doing so. */
const zoomed = ({ at, zoom, span }: BoardView, next: Zoom) => {
  const held = next === "day" ? null : next;
  if (at === null || next === "day") return { zoom: held, at: null };
  const length = (part: Zoom): number => (part === "day" ? span.to - span.from : part * 60);
  return { zoom: held, at: atText(at + (length(zoom) - length(next)) / 2) };
};

const toggled = (fold: string, group: string): string | null => {
  const held = fold.split(",").filter((key) => key !== "");
  const next = held.includes(group) ? held.filter((key) => key !== group) : [...held, group];
  return next.length === 0 ? null : next.join(",");
};
