import { toTimestamp } from "@headway/contracts/instant";
import { planningTopic } from "@headway/contracts/topics";
import { type DutyId, newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { afterAll, describe, expect, test } from "vitest";
import { endOfWork } from "../src/model/end-of-work.ts";
import { startAccounting } from "./payroll.ts";

const date = Temporal.PlainDate.from;
const instant = Temporal.Instant.from;

describe("the work of days until", () => {
  test.each([
    ["2026-03-08", ["Europe/Paris"], null, "2026-03-08T23:00:00Z"],
    ["2026-03-08", ["Europe/Paris", "America/New_York", "Asia/Tokyo"], null, "2026-03-09T04:00:00Z"],
    ["2026-03-08", ["Europe/Paris"], "2026-03-08T20:00:00Z", "2026-03-08T23:00:00Z"],
    ["2026-03-08", ["Europe/Paris"], "2026-03-09T04:30:00Z", "2026-03-09T04:30:00Z"],
    // The clocks go forward: the day before ends at 24:00 of winter, the day itself at 24:00 of summer.
    ["2026-03-28", ["Europe/Paris"], null, "2026-03-28T23:00:00Z"],
    ["2026-03-29", ["Europe/Paris"], null, "2026-03-29T22:00:00Z"],
    // The clocks go back.
    ["2026-10-24", ["Europe/Paris"], null, "2026-10-24T22:00:00Z"],
    ["2026-10-25", ["Europe/Paris"], null, "2026-10-25T23:00:00Z"],
    ["2026-03-08", [], null, "2026-03-08T10:00:00Z"],
  ])("%s in %j, with a duty until %s, is over at %s", (last, zones, dutyEnds, over) => {
    const lastDutyEnds = dutyEnds === null ? null : instant(dutyEnds);
    expect(endOfWork(date(last), { zones, lastDutyEnds }).toString()).toBe(over);
  });
});

describe("a pay period", () => {
  const opened: Awaited<ReturnType<typeof startAccounting>>[] = [];
  const startAt = async (at: string) => {
    const accounting = await startAccounting(at);
    opened.push(accounting);
    await accounting.openDepot(newId(), "WEST", "Europe/Paris");
    return accounting;
  };
  afterAll(async () => {
    for (const { service } of opened) await service.close();
  });

  const notOver = (from: string) => ({
    kind: "conflict",
    slug: "period.not-over",
    message: expect.stringContaining(`can be closed from ${from} on`),
  });

  test.each([
    ["the clocks go forward", "2026-03-29", "2026-03-30T00:00:00Z"],
    ["the clocks go back", "2026-10-25", "2026-10-26T00:00:00Z"],
  ])("whose last day is the one on which %s is closed once it is over everywhere", async (_, last, over) => {
    const early = instant(over).subtract({ seconds: 1 }).toString();
    const at = await startAt(early);
    const period = await at.open(date(last).subtract({ days: 6 }).toString(), last);
    await expect(at.close(period)).rejects.toMatchObject(notOver(over));
    expect(await at.told(period)).toEqual(["PayPeriodOpened"]);
    await at.service.setClock(over);
    await at.exported(await at.close(period));
  });

  test("waits for the last duty of its days, as it was planned last", async () => {
    const at = await startAt("2026-03-09T01:00:00Z");
    const plan = (id: DutyId, serviceDate: string, ends: string, version = 1) =>
      at.service.hear(
        planningTopic,
        version === 1 ? "DutyPlanned" : "DutyChanged",
        { duty: { id, serviceDate, ends: toTimestamp(instant(ends)) } },
        { aggregate: id, version },
      );
    const [late, later, next] = [newId<DutyId>(), newId<DutyId>(), newId<DutyId>()];
    await plan(late, "2026-03-08", "2026-03-09T05:00:00Z");
    await plan(later, "2026-03-08", "2026-03-09T06:00:00Z");
    await plan(next, "2026-03-09", "2026-03-09T14:00:00Z");
    const period = await at.open("2026-03-02", "2026-03-08");

    await expect(at.close(period)).rejects.toMatchObject(notOver("2026-03-09T06:00:00Z"));
    await at.service.hear(planningTopic, "DutyWithdrawn", { dutyId: later }, { aggregate: later, version: 2 });
    await expect(at.close(period)).rejects.toMatchObject(notOver("2026-03-09T05:00:00Z"));
    await plan(late, "2026-03-08", "2026-03-09T04:00:00Z", 2);
    await expect(at.close(period)).rejects.toMatchObject(notOver("2026-03-09T04:00:00Z"));
    await at.service.setClock("2026-03-09T04:00:00Z");
    await at.exported(await at.close(period));
  });
});
