import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, it, vi } from "vitest";
import { LiveDay } from "../src/day/live-day.ts";

it("asks again where the first answer is still under way when a signing comes: it may be of before", async () => {
  vi.stubGlobal("window", globalThis);
  const client = new QueryClient();
  const answers: ((signings: string[]) => void)[] = [];
  const queryKey = ["orphaned-signings", "depot", "2026-11-21"];
  const queryFn = () => new Promise<string[]>((resolve) => answers.push(resolve));
  const stop = new QueryObserver(client, { queryKey, queryFn }).subscribe(() => {});
  const day = new LiveDay(client, { depots: ["depot"], serviceDate: "2026-11-21" });
  try {
    day.receive({ type: "SigningOrphaned", id: "1-0", at: "2026-11-21T08:00:00Z", depotId: "depot" });
    await vi.waitFor(() => expect(answers).toHaveLength(2));
    answers[0]?.([]);
    answers[1]?.(["signing"]);
    await vi.waitFor(() => expect(client.getQueryData(queryKey)).toEqual(["signing"]));
  } finally {
    day.end();
    stop();
    vi.unstubAllGlobals();
  }
});
