import type { ServiceDay } from "../../time/service-clock.ts";
import { showTime } from "../../time/show-time.ts";
import type { Duty } from "./duty.ts";
import { stateText, whoText } from "./lateness.ts";

/** A duty in one sentence, for those who hear the board and for what shows on hover. */
export const dutySentence = (day: ServiceDay, duty: Duty, now: number): string => {
  const at = (seconds: number): string => showTime(day, seconds).time;
  const signed = [
    duty.signedOn === null ? null : `signed on ${at(duty.signedOn)}`,
    duty.signedOff === null ? null : `signed off ${at(duty.signedOff)}`,
  ].filter((part) => part !== null);
  return [
    `${duty.run}, line ${duty.line}`,
    `${at(duty.starts)} to ${at(duty.ends)}`,
    whoText(duty),
    stateText(duty, now),
    ...signed,
  ].join(" · ");
};
