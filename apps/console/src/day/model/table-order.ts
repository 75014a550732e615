import type { Duty } from "./duty.ts";
import { stateWords } from "./duty-state.ts";
import { byStart } from "./rows.ts";

type ColumnKey =
  | "state"
  | "run"
  | "line"
  | "driver"
  | "number"
  | "starts"
  | "ends"
  | "signedOn"
  | "signedOff"
  | "late"
  | "blocks"
  | "depot";

export type Column = { readonly key: ColumnKey; readonly name: string };
export type Order = { readonly column: ColumnKey; readonly down: boolean };

export const columns: readonly Column[] = [
  { key: "state", name: "State" },
  { key: "run", name: "Run" },
  { key: "line", name: "Line" },
  { key: "driver", name: "Driver" },
  { key: "number", name: "Number" },
  { key: "starts", name: "Report" },
  { key: "ends", name: "Clear" },
  { key: "signedOn", name: "Signed on" },
  { key: "signedOff", name: "Signed off" },
  { key: "late", name: "Late" },
  { key: "blocks", name: "Blocks" },
  { key: "depot", name: "Depot" },
];

type Value = string | number | null;

const values: Record<ColumnKey, (duty: Duty) => Value> = {
  state: ({ state }) => stateWords[state],
  run: ({ run }) => run,
  line: ({ line }) => line,
  driver: ({ driver }) => driver?.name ?? null,
  number: ({ driver }) => driver?.number ?? null,
  starts: ({ starts }) => starts,
  ends: ({ ends }) => ends,
  signedOn: ({ signedOn }) => signedOn,
  signedOff: ({ signedOff }) => signedOff,
  late: ({ signedOn, starts }) => (signedOn === null ? null : Math.max(0, signedOn - starts)),
  blocks: ({ pieces }) => pieces.map(({ block }) => block).join(", "),
  depot: ({ depot }) => depot.name,
};

const byText = new Intl.Collator("en", { numeric: true });

/** The duties in order of a column; what has no value comes last either way, ties by start. */
export const sorted = (duties: readonly Duty[], { column, down }: Order): readonly Duty[] => {
  const value = values[column];
  const direction = down ? -1 : 1;
  return duties.toSorted((a, b) => {
    const [left, right] = [value(a), value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null) || byStart(a, b);
    return compare(left, right) * direction || byStart(a, b);
  });
};

const compare = (a: string | number, b: string | number): number =>
  typeof a === "number" && typeof b === "number" ? a - b : byText.compare(String(a), String(b));
