import { ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { newId } from "@headway/kernel/ids";
import { roles } from "@headway/service/caller";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aCaller, admin, aMetro, depot, hired, type Metro, workedDay } from "./metro.ts";

let metro: Metro;
beforeAll(async () => {
  metro = await aMetro();
});
afterAll(() => metro.service.close());

type Wanted = { depotId?: string; lastDay?: string; page?: { size: number; cursor: string } };

const pay = (over: Wanted = {}, caller = admin) =>
  metro.service.as(caller, ReportService).getPaySummary({ firstDay: "2026-11-23", lastDay: "2026-11-29", ...over });

const paid = async (over: Wanted = {}, caller = admin) =>
  (await pay(over, caller)).drivers.map(({ driverId, workedMinutes, minutes }) => [driverId, workedMinutes, minutes]);

describe("the pay summary", () => {
  const other = newId<typeof depot>();
  const [ann, bob] = [newId(), newId()];

  beforeAll(async () => {
    await metro.tell(hired(ann, "2"), hired(bob, "1"));
    await metro.tell(
      workedDay(ann, "2026-11-23", { BASE: 480 }),
      workedDay(ann, "2026-11-24", { BASE: 540, OT150: 60 }),
      workedDay(ann, "2026-11-25", { BASE: 120 }, { depotId: other }),
      workedDay(ann, "2026-11-30", { BASE: 999 }),
      workedDay(bob, "2026-11-23", { BASE: 400, NIGHT: 30 }),
    );
  });

  test("adds up each driver's days by pay code, drivers by number", async () => {
    expect(await paid()).toEqual([
      [bob, 400, { BASE: 400, NIGHT: 30 }],
      [ann, 1140, { BASE: 1140, OT150: 60 }],
    ]);
  });

  test("a later revision takes the place of a day, an earlier one heard late does not", async () => {
    await metro.tell(workedDay(bob, "2026-11-23", { BASE: 410 }, { revision: 3 }));
    await metro.tell(workedDay(bob, "2026-11-23", { BASE: 405 }, { revision: 2 }));
    expect((await paid())[0]).toEqual([bob, 410, { BASE: 410 }]);
  });

  test("comes by page", async () => {
    const first = await pay({ page: { size: 1, cursor: "" } });
    const second = await pay({ page: { size: 1, cursor: first.page?.next ?? "" } });
    expect([first, second].map(({ drivers }) => drivers.map(({ driverId }) => driverId))).toEqual([[bob], [ann]]);
    expect(second.page?.next).toBe("");
  });

  test("counts what was worked in the caller's depots", async () => {
    const caller = aCaller("payroll", [other]);
    expect(await paid({}, caller)).toEqual([[ann, 120, { BASE: 120 }]]);
    expect(await paid({ depotId: other }, caller)).toEqual([[ann, 120, { BASE: 120 }]]);
    await expect(pay({ depotId: depot }, caller)).rejects.toMatchObject({ slug: "caller.other-depot" });
  });

  test("is closed to other roles", async () => {
    for (const role of roles.filter((role) => !["payroll", "auditor", "admin"].includes(role)))
      await expect(pay({}, aCaller(role))).rejects.toMatchObject({ slug: "caller.role" });
  });

  test("refuses days that make no sense", async () => {
    await expect(pay({ lastDay: "2026-11-22" })).rejects.toMatchObject({ slug: "field.out-of-range" });
    await expect(pay({ lastDay: "2027-11-29" })).rejects.toMatchObject({ slug: "field.out-of-range" });
  });
});
