import { showMinutes } from "../../time/show-time.ts";
import type { Duty } from "./duty.ts";
import { stateWords } from "./duty-state.ts";
import { cancelWords } from "./reason-words.ts";

/** Seconds from planned start to sign-on, or to `now` while a late driver is still missing; 0 when early or in time. */
export const lateSeconds = (duty: Duty, now: number): number => {
  if (duty.signedOn !== null) return Math.max(0, duty.signedOn - duty.starts);
  return duty.state === "late" || duty.state === "missed" ? Math.max(0, now - duty.starts) : 0;
};

/** `6 min late`, or only `late` within the first minute. */
export const lateText = (duty: Duty, now: number): string => {
  const minutes = Math.floor(lateSeconds(duty, now) / 60);
  return minutes < 1 ? "late" : `${showMinutes(minutes)} late`;
};

/** The word of a duty's state, with its measure where it has one: `6 min late`. */
export const stateText = (duty: Duty, now: number): string => {
  const late = lateText(duty, now);
  return duty.state === "late" && late !== "late" ? late : stateWords[duty.state];
};

/** What the bar is called: run, and who drives or why nobody does. */
export const whoText = (duty: Duty): string => {
  if (duty.state === "cancelled")
    return duty.cancelCause === null ? stateWords.cancelled : cancelWords[duty.cancelCause];
  if (duty.driver !== null) return duty.driver.name;
  return duty.state === "missed" && duty.missedBy !== null ? `${duty.missedBy.name} did not come` : stateWords.open;
};
