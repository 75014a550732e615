import type { Duty } from "./duty.ts";
import type { DutyState } from "./duty-state.ts";

export type Grouping = "line" | "depot" | "driver";

export type GroupRow = {
  readonly kind: "group";
  readonly key: string;
  readonly name: string;
  readonly duties: number;
  readonly folded: boolean;
  /** How many of the group's duties are in each state that needs a person. */
  readonly troubled: readonly (readonly [DutyState, number])[];
};
export type DutyRow = { readonly kind: "duty"; readonly key: string; readonly duties: readonly [Duty, ...Duty[]] };
export type Row = GroupRow | DutyRow;

const troubles: readonly DutyState[] = ["missed", "late", "open", "needs-review"];
const byText = new Intl.Collator("en", { numeric: true });

/** The rows of the board: groups by name; in them a row for each duty, or for each driver when grouped by driver. */
export const rowsOf = (duties: readonly Duty[], grouping: Grouping, folded: ReadonlySet<string>): readonly Row[] => {
  const groups = Map.groupBy(duties, groupKey[grouping]);
  return [...groups]
    .sort(([a], [b]) => byGroup(a, b))
    .flatMap(([key, members]): Row[] => {
      const head = toGroup(key, grouping, members, folded.has(key));
      return head.folded ? [head] : [head, ...(grouping === "driver" ? byDriver(members) : byDuty(members))];
    });
};

const open = "";

const groupKey: Record<Grouping, (duty: Duty) => string> = {
  line: ({ line }) => line,
  depot: ({ depot }) => depot.code,
  driver: ({ driver }) => (driver === null ? open : (driver.name.at(0)?.toLocaleUpperCase() ?? open)),
};

const groupName: Record<Grouping, (key: string, member: Duty) => string> = {
  line: (key) => `Line ${key}`,
  depot: (_, { depot }) => depot.name,
  driver: (key) => (key === open ? "Nobody" : key),
};

const byGroup = (a: string, b: string): number => (a === open ? -1 : b === open ? 1 : byText.compare(a, b));

const toGroup = (key: string, grouping: Grouping, members: readonly Duty[], folded: boolean): GroupRow => ({
  kind: "group",
  key,
  name: members[0] === undefined ? key : groupName[grouping](key, members[0]),
  duties: members.length,
  folded,
  troubled: troubles
    .map((state) => [state, members.filter((duty) => duty.state === state).length] as const)
    .filter(([, count]) => count > 0),
});

const byDuty = (members: readonly Duty[]): DutyRow[] =>
  members.toSorted(byStart).map((duty) => ({ kind: "duty", key: duty.id, duties: [duty] }));

const byDriver = (members: readonly Duty[]): DutyRow[] => {
  const drivers = Map.groupBy(members, (duty) => duty.driver?.id ?? duty.id);
  const rows: DutyRow[] = [];
  for (const [key, held] of drivers) {
    const [first, ...rest] = held.toSorted(byStart);
    if (first !== undefined) rows.push({ kind: "duty", key, duties: [first, ...rest] });
  }
  return rows.sort((a, b) => byText.compare(nameOf(a), nameOf(b)) || byStart(a.duties[0], b.duties[0]));
};

const nameOf = (row: DutyRow): string => row.duties[0].driver?.name ?? "";

/** By start, then by run: the same order for everybody. */
export const byStart = (a: Duty, b: Duty): number => a.starts - b.starts || byText.compare(a.run, b.run);
