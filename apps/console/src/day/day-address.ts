import { parseDate } from "@headway/kernel/time";
import { type Figure, figures } from "./model/figures.ts";
import { type Order, orders } from "./model/order.ts";
import type { Grouping } from "./model/rows.ts";
import { type Zoom, zooms } from "./model/scale.ts";

/** The place a person is at on the day board; all of it lives in the address. */
export type DayAddress = {
  /** Depot code, or `*` for all depots. Left out: the one of last time. */
  readonly depot?: string;
  /** ISO date. Left out: the day that runs now, also after midnight. */
  readonly day?: string;
  readonly group?: Exclude<Grouping, "line">;
  readonly show?: Figure;
  readonly zoom?: Exclude<Zoom, "day">;
  /** Service time at the left edge (`14:30`). Left out: the view follows now. */
  readonly at?: string;
  /** Id of the selected duty. */
  readonly duty?: string;
  readonly open?: true;
  /** The order that is about to be given for the open duty. */
  readonly ask?: Order;
  /** Id of an orphaned signing that is looked at. */
  readonly signing?: string;
  readonly view?: "table";
  /** Keys of folded groups. */
  readonly fold?: string;
  readonly panel?: true;
};

/** Reads an address; what makes no sense is left out. */
export const readDayAddress = (search: Record<string, unknown>): DayAddress => {
  const text = (key: string): string | undefined => {
    const value = search[key];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const figure = figures.find((name) => name === search.show);
  const zoom = zooms.find((minutes) => minutes !== "day" && String(minutes) === String(search.zoom));
  const group = (["depot", "driver"] as const).find((name) => name === search.group);
  const day = text("day");
  const at = text("at");
  return withoutUndefined({
    depot: text("depot"),
    day: day !== undefined && isDate(day) ? day : undefined,
    group,
    show: figure,
    zoom: zoom === "day" ? undefined : zoom,
    at: at !== undefined && /^\d{1,2}:[0-5]\d$/.test(at) ? at : undefined,
    duty: text("duty"),
    open: isSet(search.open),
    ask: orders.find((order) => order === search.ask),
    signing: text("signing"),
    view: search.view === "table" ? ("table" as const) : undefined,
    fold: text("fold"),
    panel: isSet(search.panel),
  });
};

const isSet = (value: unknown): true | undefined => (value === true || value === "true" ? true : undefined);

const isDate = (text: string): boolean => {
  try {
    return parseDate(text, "day").toString() === text;
  } catch {
    return false;
  }
};

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

const withoutUndefined = <T extends Record<string, unknown>>(values: T): Defined<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Defined<T>;
