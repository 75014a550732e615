import type { AssignmentId, DriverId } from "@headway/kernel/ids";
import type { CancelCause, Phase } from "./duty-day.ts";

export type BoardState =
  | "covered"
  | "on-duty"
  | "on-break"
  | "late"
  | "missed"
  | "open"
  | "cancelled"
  | "done"
  | "needs-review";

type Somebody = { readonly assignment: AssignmentId; readonly driver: DriverId };

/** What planning, scheduling and dispatch have told of a duty, as far as its bar on the board shows it. */
export type Told = {
  readonly withdrawn: boolean;
  /** Whom the roster has on it now. */
  readonly holder: Somebody | null;
  /** Whom dispatch spoke of last. */
  readonly attendance: (Somebody & { readonly phase: Phase }) | null;
  readonly cancelCause: CancelCause | null;
};

export type Bar = { readonly state: BoardState; readonly driver: DriverId | null };

/** Whom the roster has on a duty, seen from the driver whom dispatch spoke of. */
type Rostered = "the same" | "another" | "nobody";

/** What the board shows. Dispatch has the word while a driver is there; the roster, once somebody else is to come. */
const states: Record<Phase, Record<Rostered, BoardState>> = {
  late: { "the same": "late", another: "covered", nobody: "open" },
  missed: { "the same": "missed", another: "covered", nobody: "missed" },
  "on-duty": { "the same": "on-duty", another: "on-duty", nobody: "on-duty" },
  "on-break": { "the same": "on-break", another: "on-break", nobody: "on-break" },
  relieved: { "the same": "open", another: "covered", nobody: "open" },
  "signed-off": { "the same": "done", another: "done", nobody: "done" },
  "needs-review": { "the same": "needs-review", another: "needs-review", nobody: "needs-review" },
};

const drivers: Record<BoardState, (told: Told) => DriverId | null> = {
  covered: ({ holder }) => holder?.driver ?? null,
  "on-duty": ({ attendance }) => attendance?.driver ?? null,
  "on-break": ({ attendance }) => attendance?.driver ?? null,
  late: ({ attendance }) => attendance?.driver ?? null,
  done: ({ attendance }) => attendance?.driver ?? null,
  "needs-review": ({ attendance }) => attendance?.driver ?? null,
  missed: () => null,
  open: () => null,
  cancelled: () => null,
};

/**
 * A duty's bar, or null where the board has none: withdrawn before its day began. It rests on what each service told
 * last and on nothing else, so it does not matter who was heard first.
 */
export const barOf = (told: Told): Bar | null => {
  if (told.withdrawn && !told.attendance && told.cancelCause === null) return null;
  const state = stateOf(told);
  return { state, driver: drivers[state](told) };
};

const stateOf = ({ holder, attendance, cancelCause }: Told): BoardState => {
  if (cancelCause !== null) return "cancelled";
  if (!attendance) return holder ? "covered" : "open";
  return states[attendance.phase][rostered(holder, attendance)];
};

const rostered = (holder: Somebody | null, attendance: Somebody): Rostered => {
  if (!holder) return "nobody";
  return holder.assignment === attendance.assignment ? "the same" : "another";
};
