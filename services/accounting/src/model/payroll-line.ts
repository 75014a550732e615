import type { DepotId, DutyId, EmployeeId, Id } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { type Factor, type Minor, minor, payFor } from "@headway/kernel/money";
import type { PlainDate } from "@headway/kernel/time";

export type PayrollLineId = Id<"PayrollLine">;

/** The pay code of worked time: the minutes of these lines are the minutes worked. */
export const baseCode = "BASE";

/** One reason for pay on one service day, as overtime told it. */
export type PayComponent = {
  /** Unique within the driver's day. */
  readonly id: string;
  readonly code: string;
  readonly minutes: number;
  readonly factor: Factor;
  readonly intervals: readonly Interval[];
  readonly duty: DutyId | null;
  /** `agreement/rule`. */
  readonly rule: string;
  readonly ruleVersion: number;
  readonly sentence: string;
};

/** What a driver's service day is worth; a later revision of the same day replaces the earlier ones. */
export type WorkedDay = {
  readonly driver: EmployeeId;
  readonly date: PlainDate;
  readonly revision: number;
  readonly depot: DepotId;
  readonly components: readonly PayComponent[];
};

/** By what a day's work is turned into money. */
export type PayBasis = {
  readonly employeeNumber: string;
  readonly hourly: Minor;
  readonly currency: string;
  readonly costCentre: string;
};

/** One line of the payroll: a component in money, or the reversal of an earlier line. */
export type PayrollLine = Omit<PayComponent, "id"> &
  Omit<WorkedDay, "components"> &
  PayBasis & {
    readonly id: PayrollLineId;
    readonly component: string;
    readonly amount: Minor;
    readonly kind: "pay" | "reversal";
    /** The earlier line that this one takes back (a reversal) or replaces (pay). */
    readonly corrects: PayrollLineId | null;
  };

/** A day that a period pays, what earlier periods paid for it, and the code of its depot. */
export type DayToPay = { readonly day: WorkedDay; readonly costCentre: string; readonly paid: readonly PayrollLine[] };

type NextId = () => PayrollLineId;

/**
 * The lines that turn what was paid for a day into what the day is worth now. `standing` are the day's lines of earlier
 * periods that nobody took back; without any, the answer is the plain pay. A line that is still right stays untouched;
 * a wrong one is taken back whole, and what replaces it names it.
 */
export const linesFor = (
  day: WorkedDay,
  basis: PayBasis,
  standing: readonly PayrollLine[],
  nextId: NextId,
): PayrollLine[] => {
  const unpaid = [...day.components];
  const wrong = standing.filter((line) => {
    const right = unpaid.findIndex((component) => pays(line, component, basis));
    if (right >= 0) unpaid.splice(right, 1);
    return right < 0;
  });
  const reversals = wrong.map((line) => reversalOf(line, day.revision, nextId()));
  const pay = unpaid.map((component) => {
    const corrects = wrong.find((line) => line.component === component.id)?.id ?? null;
    return { ...payLine(day, component, basis, nextId()), corrects };
  });
  return [...reversals, ...pay];
};

const payLine = (
  { components: _, ...day }: WorkedDay,
  { id: component, ...reason }: PayComponent,
  basis: PayBasis,
  id: PayrollLineId,
): PayrollLine => ({
  id,
  ...day,
  ...reason,
  ...basis,
  component,
  amount: payFor(reason.minutes, basis.hourly, reason.factor),
  kind: "pay",
  corrects: null,
});

const reversalOf = (line: PayrollLine, revision: number, id: PayrollLineId): PayrollLine => ({
  ...line,
  id,
  minutes: -line.minutes,
  amount: minor(-line.amount),
  revision,
  kind: "reversal",
  corrects: line.id,
});

/** Whether the line pays the component as it would be paid today. Its place in the day may be another: a duty came in late. */
const pays = (line: PayrollLine, component: PayComponent, basis: PayBasis): boolean =>
  line.code === component.code &&
  line.minutes === component.minutes &&
  line.factor === component.factor &&
  line.duty === component.duty &&
  line.rule === component.rule &&
  line.ruleVersion === component.ruleVersion &&
  line.hourly === basis.hourly &&
  line.currency === basis.currency;

/** The lines that count: pay that no reversal took back. */
export const standingOf = (lines: readonly PayrollLine[]): PayrollLine[] => {
  const takenBack = new Set(lines.filter(({ kind }) => kind === "reversal").map(({ corrects }) => corrects));
  return lines.filter(({ id, kind }) => kind === "pay" && !takenBack.has(id));
};
