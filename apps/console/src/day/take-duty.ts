import type { QueryClient } from "@tanstack/react-query";
import { boardKey } from "./board-query.ts";
import { dayDutyQuery } from "./day-duty-query.ts";
import { markFresh } from "./fresh-duties.ts";
import { glow } from "./glow.ts";
import { changedDuties, type DayBoard, type DayDuty, newerDuty, patchDuty } from "./model/patch.ts";

/**
 * Puts a duty, as its owner told it at an instant, into the board that is held, and lets it glow if it looks different.
 * It never goes back to an older version.
 * False when a board of its day is held and does not have it: then only a new board helps.
 */
export const takeDuty = (client: QueryClient, fresh: DayDuty, at: string): boolean => {
  const { dutyId, depotId, serviceDate } = fresh;
  const { queryKey } = dayDutyQuery(dutyId);
  const newest = newerDuty(client.getQueryData(queryKey), fresh);
  client.setQueryData(queryKey, newest);
  const key = boardKey(depotId, serviceDate);
  const held = client.getQueryData<DayBoard>(key);
  if (held === undefined) return true;
  if (!held.duties.some((duty) => duty.dutyId === dutyId)) return false;
  markFresh(dutyId);
  const duties = held.duties.map((duty) => (duty.dutyId === dutyId ? patchDuty(duty, newest, at) : duty));
  const board = { ...held, duties };
  client.setQueryData(key, board);
  glow(changedDuties(held, board));
  return true;
};
