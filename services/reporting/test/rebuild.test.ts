import { ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import type { BusMessage } from "@headway/messaging/bus";
import { roles } from "@headway/service/caller";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import {
  aCaller,
  activated,
  aDuty,
  admin,
  aMetro,
  anAssignment,
  assigned,
  dispatched,
  hired,
  type Metro,
  planned,
  released,
  workedDay,
} from "./metro.ts";

let metro: Metro;
const opened: Metro[] = [];
beforeEach(async () => {
  metro = await aMetro(50);
  opened.push(metro);
});
afterAll(async () => {
  for (const { service } of opened) await service.close();
});

const rebuild = ({ service }: Metro = metro) => service.as(admin, ReportService).rebuildReports({});

const tables = ["duty_plan", "holding", "duty_day", "activated_day", "worked_day", "driver"];

/** Everything that the reports rest on, and what is known to have been heard. */
const everything = async ({ service: { db } }: Metro): Promise<readonly string[]> => {
  const all = await Promise.all(
    tables.map((table) =>
      db.rows<{ row: string }>(`select '${table} ' || row_to_json(${table})::text as row from ${table}`),
    ),
  );
  const heard = await db.rows<{ row: string }>("select 'heard ' || consumer || ' ' || event_id as row from inbox");
  const parked = await db.rows<{ row: string }>(
    "select 'parked ' || consumer || ' ' || event_id as row from parked_event",
  );
  return [...all.flat(), ...heard, ...parked].map(({ row }) => row).sort();
};

/** What becomes of some duties, in an order in which it can be heard. */
const aDaysEvents = (duties: number): BusMessage[] =>
  Array.from({ length: duties }, (_, index) => {
    const [duty, ann, bob] = [aDuty({ run: `A-${index}` }), anAssignment(), anAssignment()];
    return [
      hired(ann.driverId, String(index)),
      planned(duty),
      activated(duty),
      assigned(duty, ann),
      dispatched("DriverMissed", duty, ann, 80),
      released(duty, ann, 81),
      assigned(duty, bob, 81, 3),
      dispatched("DriverSignedOn", duty, bob, 90),
      dispatched("DriverSignedOff", duty, bob, 540),
      workedDay(bob.driverId, duty.day, { BASE: 450 }),
    ];
  }).flat();

describe("a rebuild", () => {
  test("makes the same again, from the logs alone", async () => {
    await metro.tell(...aDaysEvents(30));
    const before = await everything(metro);
    expect(await rebuild()).toMatchObject({ events: 300n });
    expect(await everything(metro)).toEqual(before);
    for (const table of [...tables, "inbox"]) await metro.service.db.rows(`delete from ${table}`);
    await rebuild();
    expect(await everything(metro)).toEqual(before);
  });

  test("forgets what is in no log", async () => {
    const events = aDaysEvents(3);
    await metro.deliver(events);
    await rebuild();
    expect(await everything(metro)).toEqual([]);
  });

  test("hears what is in a log and was not told yet, and hears it once", async () => {
    const events = aDaysEvents(3).map(metro.log);
    await rebuild();
    const after = await everything(metro);
    expect(after.filter((row) => row.startsWith("heard"))).toHaveLength(30);
    await metro.deliver(events);
    expect(await everything(metro)).toEqual(after);
  });

  test("loses nothing and doubles nothing of what arrives meanwhile", async () => {
    const [before, after] = [aDaysEvents(40), aDaysEvents(60)];
    await metro.tell(...before);
    const coming = [...after];
    const told: Promise<void>[] = [];
    // Some arrive between the readings, some are logged and arrive one reading later, all while readers and tellers go on.
    let logged: BusMessage[] = [];
    metro.onRead = async () => {
      told.push(metro.deliver(logged));
      const now = coming.splice(0, 7);
      told.push(metro.tell(...now.slice(0, 4)));
      logged = now.slice(4).map(metro.log);
    };
    await rebuild();
    metro.onRead = async () => {};
    await metro.deliver(logged);
    await metro.tell(...coming);
    await Promise.all(told);
    const undisturbed = await aMetro();
    opened.push(undisturbed);
    await undisturbed.tell(...before, ...after);
    expect(await everything(metro)).toEqual(await everything(undisturbed));
    expect((await everything(metro)).filter((row) => row.startsWith("heard"))).toHaveLength(1000);
  });

  test("is not outrun by a steady stream", async () => {
    const { tell } = metro;
    const telling = (async () => {
      for (const message of aDaysEvents(50)) await tell(message);
    })();
    await rebuild();
    await telling;
    const after = await everything(metro);
    expect(after.filter((row) => row.startsWith("heard"))).toHaveLength(500);
    await rebuild();
    expect(await everything(metro)).toEqual(after);
  });

  test("that breaks off leaves everything as it was, and the next one succeeds", async () => {
    await metro.tell(...aDaysEvents(30));
    const before = await everything(metro);
    metro.onRead = async (source, after) => {
      if (source === "dispatch" && after > 0n) throw new Error("The wire is cut.");
    };
    await expect(rebuild()).rejects.toThrow();
    expect(await everything(metro)).toEqual(before);
    metro.onRead = async () => {};
    await metro.tell(...aDaysEvents(1));
    await rebuild();
    expect((await everything(metro)).filter((row) => row.startsWith("heard"))).toHaveLength(310);
  });

  test("gives way to a later one", async () => {
    await metro.tell(...aDaysEvents(30));
    const before = await everything(metro);
    const later = Promise.withResolvers<unknown>();
    metro.onRead = async () => {
      metro.onRead = async () => {};
      later.resolve(rebuild());
      await later.promise;
    };
    await expect(rebuild()).rejects.toMatchObject({ slug: "reports.rebuild-overtaken" });
    await later.promise;
    expect(await everything(metro)).toEqual(before);
  });

  test("parks what cannot be handled, and what comes behind it", async () => {
    const [duty, ann] = [aDuty(), anAssignment()];
    await metro.tell(planned(duty), released(duty, ann, 5, 1), assigned(duty, ann));
    const before = await everything(metro);
    expect(before.filter((row) => row.startsWith("parked"))).toHaveLength(2);
    await rebuild();
    expect(await everything(metro)).toEqual(before);
  });

  test("is the administrator's", async () => {
    for (const role of roles.filter((role) => role !== "admin")) {
      const refused = metro.service.as(aCaller(role), ReportService).rebuildReports({});
      await expect(refused).rejects.toMatchObject({ slug: "caller.role" });
    }
  });
});
