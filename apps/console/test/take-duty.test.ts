import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../src/api/client.ts";
import { boardKey } from "../src/day/board-query.ts";
import { dayDutyQuery } from "../src/day/day-duty-query.ts";
import type { DayBoard } from "../src/day/model/patch.ts";
import { takeDuty } from "../src/day/take-duty.ts";
import { assignment, at, board, fresh, held } from "./told-duty.ts";

beforeEach(() => void vi.stubGlobal("window", globalThis));
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const signedOn = fresh([assignment("signed-on")], { version: 3 });
const onBreak = fresh([assignment("on-break")], { version: 4 });
const { queryKey } = dayDutyQuery(held.dutyId);

describe("a duty that its owner told twice", () => {
  it("stays as it was told last by its owner, whichever answer came last", () => {
    const client = new QueryClient();
    const key = boardKey("d", "2026-11-21");
    client.setQueryData(key, board(held));
    for (const told of [onBreak, signedOn]) expect(takeDuty(client, told, at)).toBe(true);
    expect(client.getQueryData(queryKey)).toEqual(onBreak);
    expect(client.getQueryData<DayBoard>(key)?.duties).toMatchObject([{ state: "on-break" }]);
  });

  it("is ordered about as its owner told it last, also where an older answer was on its way", async () => {
    const client = new QueryClient();
    const answer = Promise.withResolvers<never>();
    vi.spyOn(api, "GET").mockReturnValue(answer.promise);
    const asked = client.fetchQuery(dayDutyQuery(held.dutyId));
    takeDuty(client, onBreak, at);
    answer.resolve({ data: signedOn, response: new Response() } as never);
    expect(await asked).toEqual(onBreak);
  });
});
