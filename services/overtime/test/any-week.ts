import type { AssignmentId, DepotId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import { serviceInstant } from "@headway/kernel/service-day";
import { Temporal } from "@headway/kernel/time";
import fc from "fast-check";
import type { WorkedDuty } from "../src/model/worked-day.ts";

/** Weeks of up to seven days with up to two duties of up to three stretches; both changes of the clocks among them. */
export const anyWeek = fc
  .record({
    monday: fc.constantFrom("2026-03-02", "2026-03-23", "2026-10-19"),
    zone: fc.constantFrom("UTC", "Europe/Paris", "America/New_York"),
    days: fc.array(fc.array(fc.nat(30 * 60), { minLength: 0, maxLength: 6 }), { minLength: 7, maxLength: 7 }),
  })
  .map(({ monday, zone, days }) =>
    days.flatMap((gaps, day): WorkedDuty[] => {
      const date = Temporal.PlainDate.from(monday).add({ days: day });
      const marks = gaps.toSorted((a, b) => a - b);
      const spans = marks.flatMap((mark, index): Interval[] => {
        const [from, until] = [marks[index - 1], mark].map((minute) => serviceInstant(date, (minute ?? 0) * 60, zone));
        return index % 2 === 1 && from && until ? [{ starts: from, ends: until }] : [];
      });
      return [spans.slice(0, 1), spans.slice(1)].map((work, index) => ({
        assignment: `${day}-${index}` as AssignmentId,
        duty: `${day}-${index}` as DutyId,
        ...{ date, depot: "depot" as DepotId, zone, work },
      }));
    }),
  );
