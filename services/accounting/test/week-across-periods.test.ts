import { Temporal } from "@headway/kernel/time";
import { afterAll, describe, expect, test } from "vitest";
import { startAccounting } from "./payroll.ts";

const opened: Awaited<ReturnType<typeof startAccounting>>[] = [];
const start = async () => {
  const accounting = await startAccounting();
  opened.push(accounting);
  return accounting;
};
afterAll(async () => {
  for (const { service } of opened) await service.close();
});

const after = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString();

/** The day before the boundary is paid in the first period; making the second final gives it another revision. */
const payrollsAt = async (lastDay: string, order: "told before the closing" | "told while it waits") => {
  const at = await start();
  const driver = at.hire();
  await at.calculated(driver, lastDay);
  await at.exported(await at.close(await at.open(after(lastDay, -6), lastDay)));
  await at.calculated(driver, after(lastDay, 1));
  const tell = await at.calculated(driver, lastDay, { revision: 2, overtime: 300 }, false);
  const next = await at.open(after(lastDay, 1), after(lastDay, 14));
  if (order === "told before the closing") await tell();
  const closing = await at.close(next);
  if (order === "told while it waits") {
    const { waitingFor } = await at.until(closing, (now) => now.waitingFor !== "");
    expect(waitingFor).toBe("1 of 2 days have not arrived from overtime yet.");
    await tell();
  }
  const lines = await at.lines(await at.exported(closing));
  return lines.map(({ workDate, payCode, minutes, amountMinor }) => [workDate, payCode, minutes, amountMinor]);
};

describe("a week across the end of a period", () => {
  test.each([
    ["the end of a month", "2026-07-31"],
    ["the day before the clocks go forward", "2026-03-28"],
    ["the day before the clocks go back", "2026-10-24"],
  ])("is paid the same in whatever order it is told: %s", async (_, lastDay) => {
    const inTime = await payrollsAt(lastDay, "told before the closing");
    expect(inTime).toEqual([
      [lastDay, "OVERTIME", 300, 5000n],
      [after(lastDay, 1), "BASE", 480, 16_000n],
    ]);
    expect(await payrollsAt(lastDay, "told while it waits")).toEqual(inTime);
  });

  test("is left to its own period while that one is not exported", async () => {
    const at = await start();
    const driver = at.hire();
    await at.calculated(driver, "2026-07-31", { revision: 2, overtime: 300 });
    await at.calculated(driver, "2026-08-01");
    const july = await at.open("2026-07-01", "2026-07-31");
    const august = await at.exported(await at.close(await at.open("2026-08-01", "2026-08-31")));
    expect(august).toMatchObject({ lines: 1, baseMinutes: 480n });
    expect(await at.exported(await at.close(july))).toMatchObject({ lines: 2, amountMinor: { EUR: 21_000n } });
  });
});
