import { daysBetween, parseDate } from "@headway/kernel/time";
import { describe, expect, test } from "vitest";
import { activeServices, runsOn, type Service, spanOf } from "../src/model/feed/service.ts";
import type { ServiceId } from "../src/model/ids.ts";

const date = (text: string) => parseDate(text, "date");
const service = (id: string, parts: Partial<Service>): Service => ({
  id: id as ServiceId,
  season: null,
  added: new Set(),
  removed: new Set(),
  ...parts,
});

const weekdays = service("weekdays", {
  season: { week: [true, true, true, true, true, false, false], from: date("2026-11-02"), to: date("2026-11-20") },
  removed: new Set(["2026-11-11"]),
  added: new Set(["2026-11-14", "2026-11-25"]),
});
const christmas = service("christmas", { added: new Set(["2026-12-25"]) });

describe("given a week within a season, and exceptions", () => {
  test("the service runs on its weekdays from the first to the last day, and as the exceptions say", () => {
    const days = daysBetween(date("2026-10-30"), date("2026-11-30")).filter((day) => runsOn(weekdays, day));
    expect(days.map(String)).toEqual(
      [...["02", "03", "04", "05", "06", "09", "10", "12", "13", "14", "16", "17", "18", "19", "20", "25"]].map(
        (day) => `2026-11-${day}`,
      ),
    );
  });

  test("only what runs is active", () => {
    expect(activeServices([weekdays, christmas], date("2026-12-25"))).toEqual(["christmas"]);
    expect(activeServices([weekdays, christmas], date("2026-11-11"))).toEqual([]);
  });

  test("the span reaches from the first day of any to the last", () => {
    expect(spanOf([weekdays, christmas])).toEqual({ from: date("2026-11-02"), to: date("2026-12-25") });
    expect(spanOf([service("never", {})])).toBeNull();
  });
});
