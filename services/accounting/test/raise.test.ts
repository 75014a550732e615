import { PayPeriodState } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import type { EmployeeId } from "@headway/kernel/ids";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type PayWeek, startAccounting } from "./payroll.ts";

let at: Awaited<ReturnType<typeof startAccounting>>;

beforeAll(async () => {
  at = await startAccounting();
});
afterAll(() => at.service.close());

const threeWeeks = () => [at.nextWeek(), at.nextWeek(), at.nextWeek()] as const;

const close = async ({ open }: PayWeek) => at.close(await open());
const pay = async (week: PayWeek) => at.exported(await close(week));

/** Every line of a driver, of all periods: day, minutes, rate. */
const linesOf = async (employeeId: EmployeeId) => {
  const { lines } = await at.periods().listPayLines({ employeeId });
  return lines.map(({ workDate, minutes, rateMinor }) => [workDate, minutes, Number(rateMinor)] as const).toSorted();
};

/** The minutes of each day and rate that are left when what was taken back is subtracted. */
const standingOf = async (driver: EmployeeId) => {
  const left = new Map<string, number>();
  for (const [date, minutes, rate] of await linesOf(driver)) {
    const key = `${date} at ${rate}`;
    left.set(key, (left.get(key) ?? 0) + minutes);
  }
  return [...left].filter(([, minutes]) => minutes !== 0).toSorted();
};

/** A closing that has asked for the rates and cannot write its file, until `revive`. */
const closeWithoutFile = async (week: PayWeek) => {
  const revive = await at.deadly("payroll_file", "insert", "");
  const period = await at.until(await close(week), ({ state }) => state === PayPeriodState.CALCULATED);
  return { period, revive };
};

/** Every moment at which hr can agree to a raise and its event can come, around the closings of two weeks. */
const moments: Record<string, (weeks: readonly [PayWeek, PayWeek], raise: () => () => Promise<void>) => Promise<void>> =
  {
    async "before the period is closed"([first, second], raise) {
      await raise()();
      await pay(first);
      await pay(second);
    },
    async "while its closing waits for overtime"([first, second], raise) {
      at.others.away.overtime = true;
      const period = await at.until(await close(first), ({ waitingFor }) => waitingFor !== "");
      await raise()();
      at.others.away.overtime = false;
      await at.exported(period);
      await pay(second);
    },
    async "while it is closed, when the rates were asked"([first, second], raise) {
      const { period, revive } = await closeWithoutFile(first);
      await raise()();
      await revive();
      await at.exported(period);
      await pay(second);
    },
    async "while it is closed, and that is undone"([first, second], raise) {
      const { period, revive } = await closeWithoutFile(first);
      await raise()();
      await at.periods().reopenPayPeriod({ payPeriodId: period.id, expectedVersion: period.version });
      await revive();
      await at.exported(await at.close(await at.get(period)));
      await pay(second);
    },
    async "after it is exported"([first, second], raise) {
      await pay(first);
      await raise()();
      await pay(second);
    },
    async "after it is exported, while the next one is closed"([first, second], raise) {
      await pay(first);
      const { period, revive } = await closeWithoutFile(second);
      await raise()();
      await revive();
      await at.exported(period);
    },
    async "after it is exported, and the closing that pays it is undone"([first, second], raise) {
      await pay(first);
      await raise()();
      const { period, revive } = await closeWithoutFile(second);
      await at.periods().reopenPayPeriod({ payPeriodId: period.id, expectedVersion: period.version });
      await revive();
      await at.exported(await at.close(await at.get(period)));
    },
    async "after it is exported, and told after the next one"([first, second], raise) {
      await pay(first);
      const tell = raise();
      await pay(second);
      await tell();
    },
  };

describe("a raise that holds from a past day", () => {
  test("is paid by the next closing for what was paid already, once, and only from that day on", async () => {
    const [first, second, third] = threeWeeks();
    const driver = at.hire(2000n);
    for (const day of [first.day(0), first.day(2), second.day(0)]) await at.calculated(driver, day);
    await pay(first);
    const tell = at.raise(driver, 3000n, first.day(2));
    await tell();
    await tell();
    await pay(second);
    const lines = [
      [first.day(0), 480, 2000],
      [first.day(2), 480, 2000],
      [first.day(2), -480, 2000],
      [first.day(2), 480, 3000],
      [second.day(0), 480, 3000],
    ];
    expect(await linesOf(driver)).toEqual(lines.toSorted());
    await tell();
    await pay(third);
    expect(await linesOf(driver)).toEqual(lines.toSorted());
  });

  test.each(Object.keys(moments))("comes to the same in the end: %s", async (moment) => {
    const [first, second, third] = threeWeeks();
    const driver = at.hire(2000n);
    for (const day of [first.day(0), first.day(2), second.day(0)]) await at.calculated(driver, day);
    await moments[moment]?.([first, second], () => at.raise(driver, 3000n, first.day(2)));
    await pay(third);
    expect(await standingOf(driver)).toEqual([
      [`${first.day(0)} at 2000`, 480],
      [`${first.day(2)} at 3000`, 480],
      [`${second.day(0)} at 3000`, 480],
    ]);
  });

  test("given a late fact about one of the days, then no day is left at the old rate", async () => {
    const [first, second] = threeWeeks();
    const driver = at.hire(2000n);
    for (const day of [first.day(0), first.day(2)]) await at.calculated(driver, day);
    await pay(first);
    await at.raise(driver, 3000n, first.day(0))();
    await at.calculated(driver, first.day(2), { revision: 2, base: 500 });
    await pay(second);
    expect(await standingOf(driver)).toEqual([
      [`${first.day(0)} at 3000`, 480],
      [`${first.day(2)} at 3000`, 500],
    ]);
  });

  test("a contract at the same rate makes no lines", async () => {
    const [first, second] = threeWeeks();
    const driver = at.hire(2000n);
    await at.calculated(driver, first.day(0));
    await pay(first);
    await at.raise(driver, 2000n, first.day(0))();
    expect(await pay(second)).toMatchObject({ lines: 0 });
  });
});
