import type { Duty } from "./duty.ts";
import type { DutyState } from "./duty-state.ts";

/** What a dispatcher can do about a duty of an activated day. */
export type Order = "replace" | "sign-on" | "sign-off" | "release" | "cancel" | "reactivate" | "verify";

export const orderWords: Record<Order, string> = {
  replace: "Find a replacement",
  "sign-on": "Sign on now",
  "sign-off": "Sign off now",
  release: "Take the driver off",
  cancel: "Cancel the duty",
  reactivate: "Run it after all",
  verify: "Verify the hours",
};

export const orders = Object.keys(orderWords) as readonly Order[];

const ordersOf: Record<DutyState, readonly Order[]> = {
  covered: ["sign-on", "release", "cancel"],
  late: ["sign-on", "release", "cancel"],
  missed: ["replace", "cancel"],
  open: ["replace", "cancel"],
  "on-duty": ["sign-off"],
  "on-break": ["sign-off"],
  cancelled: ["reactivate"],
  done: [],
  "needs-review": ["verify"],
};

/** The first step towards a replacement at `now`: to find one, or to take off who has the duty; null where there is none. */
export const towardsReplacement = (duty: Duty, now: number): Order | null => {
  const possible = ordersFor(duty, now);
  return (["replace", "release"] as const).find((order) => possible.includes(order)) ?? null;
};

/** Seconds before its start from which a duty may be signed on at the desk; the depot's own window may open later. */
const signOnFrom = 3600;

/** What can be done about a duty at `now` (service seconds), the likeliest first. */
export const ordersFor = (duty: Duty, now: number): readonly Order[] =>
  ordersOf[duty.state].filter((order) => {
    if (order === "sign-on") return now >= duty.starts - signOnFrom && now < duty.ends;
    if (order === "replace" || order === "reactivate") return now < duty.ends;
    return true;
  });
