import type { Instant } from "@headway/kernel/clock";
import { isBefore, later } from "@headway/kernel/time";
import type { Plan } from "./plan.ts";

/** What a depot grants its drivers around a duty, all in whole minutes. */
export type Windows = {
  /** Sign-on opens so long before the duty starts. */
  readonly opens: number;
  /** From here on after the expected sign-on a driver is late. */
  readonly late: number;
  /** From here on a driver has missed the duty. Never less than `late`. */
  readonly missed: number;
  /** What a driver who is called in at short notice needs to get to the depot. */
  readonly callIn: number;
  /** Who signs off longer than this before the planned end leaves work behind: the rest of the duty is open. */
  readonly early: number;
  /** So much after the planned end counts as work without anybody's approval. */
  readonly overrun: number;
  /** So long after the planned end the system signs off who forgot to. */
  readonly signOffBySystem: number;
};

export const defaultWindows: Windows = {
  opens: 30,
  late: 5,
  missed: 20,
  callIn: 60,
  early: 30,
  overrun: 15,
  signOffBySystem: 240,
};

type Expecting = { readonly plan: Plan; readonly activatedAt: Instant; readonly windows: Windows };

/** What the system goes by when it signs off. */
export type SigningOff = {
  readonly plan: Pick<Plan, "ends">;
  readonly windows: Pick<Windows, "signOffBySystem">;
};

/** The first instant at which the sign-on counts. */
export const opensAt = ({ plan, windows }: Expecting): Instant => plan.starts.subtract({ minutes: windows.opens });

/** From here on the driver is late. */
export const lateAt = (duty: Expecting, assignedAt: Instant): Instant =>
  expectedAt(duty, assignedAt).add({ minutes: duty.windows.late });

/** From here on the driver has missed the duty. */
export const missedAt = (duty: Expecting, assignedAt: Instant): Instant =>
  expectedAt(duty, assignedAt).add({ minutes: duty.windows.missed });

/** False for a driver who was called in so late that they cannot come before the planned end. */
export const canCome = (duty: Expecting, assignedAt: Instant): boolean =>
  isBefore(expectedAt(duty, assignedAt), duty.plan.ends);

/** A sign-off before this leaves the rest of the duty to somebody else. */
export const leavesRestBefore = ({ plan, windows }: Expecting): Instant =>
  plan.ends.subtract({ minutes: windows.early });

/** When the system signs off who forgot to. */
export const systemSignsOffAt = ({ plan, windows }: SigningOff): Instant =>
  plan.ends.add({ minutes: windows.signOffBySystem });

// The planned start, but no sooner after the assignment than a call-in takes, and not before the day was activated.
const expectedAt = ({ plan, activatedAt, windows }: Expecting, assignedAt: Instant): Instant =>
  later(later(plan.starts, activatedAt), assignedAt.add({ minutes: windows.callIn }));
