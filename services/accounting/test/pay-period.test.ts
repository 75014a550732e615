import { DomainError } from "@headway/kernel/domain-error";
import { Temporal } from "@headway/kernel/time";
import { describe, expect, test } from "vitest";
import {
  move,
  openPeriod,
  type PayPeriodOrder,
  type PayPeriodState,
  payPeriodOrders,
  payPeriodStates,
} from "../src/model/pay-period.ts";

const date = Temporal.PlainDate.from;
const { next: period } = openPeriod(date("2026-03-02"), date("2026-03-15"));

const allowed: Record<PayPeriodState, readonly PayPeriodOrder[]> = {
  open: ["Freeze"],
  frozen: ["Calculate", "Reopen"],
  calculated: ["Export", "Reopen"],
  exported: ["Close"],
  closed: [],
};

describe.each(payPeriodStates)("given a pay period that is %s", (state) => {
  test.each(payPeriodOrders.filter((order) => allowed[state].includes(order)))(
    "when told to %s, then it moves",
    (order) => {
      expect(move({ ...period, state }, order)).toMatchObject({ version: 2, from: period.from });
    },
  );

  test.each(payPeriodOrders.filter((order) => !allowed[state].includes(order)))(
    "when told to %s, then it refuses",
    (order) => {
      expect(() => move({ ...period, state }, order)).toThrow(DomainError);
    },
  );
});

test("it goes all the way, and back only until the export", () => {
  const path: readonly PayPeriodOrder[] = [
    "Freeze",
    "Reopen",
    "Freeze",
    "Calculate",
    "Reopen",
    "Freeze",
    "Calculate",
    "Export",
    "Close",
  ];
  expect(path.reduce(move, period)).toMatchObject({ state: "closed", version: 10 });
});

test.each([
  ["2026-03-02", "2026-03-01"],
  ["2026-01-01", "2027-01-02"],
])("refuses a period from %s to %s", (from, to) => {
  expect(() => openPeriod(date(from), date(to))).toThrow(/1 to 366 days/);
});
