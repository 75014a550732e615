import { fromBinary } from "@bufbuild/protobuf";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { SwapService } from "@headway/contracts/gen/headway/scheduling/v1/swap_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { dispatchTopic, hrTopic, planningTopic, schedulingTopic } from "@headway/contracts/topics";
import { type DepotId, type EmployeeId, newId } from "@headway/kernel/ids";
import { serviceInstant } from "@headway/kernel/service-day";
import { parseDate, Temporal } from "@headway/kernel/time";
import type { Person, Role } from "@headway/service/caller";
import { serviceUnderTest } from "@headway/service/service-under-test";
import { scheduling } from "../src/container.ts";

const zone = "Europe/Paris";

const at = (date: string, clock: string): Temporal.Instant => {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return serviceInstant(parseDate(date, "date"), hours * 3600 + minutes * 60, zone);
};

const person = (role: Role, depots: readonly DepotId[] | null, employee: string | null = null): Person => ({
  kind: "person",
  user: newId(),
  session: "session",
  employee: employee as EmployeeId | null,
  grants: [{ role, depots }],
});

export type PlannedDuty = {
  readonly id?: string;
  readonly run?: string;
  readonly line?: string;
  readonly version?: number;
};

/** A depot of the metro in the week from Monday, 23 March 2026, at whose end the clocks change. */
export const scenario = async (tested: typeof scheduling = scheduling) => {
  const service = await serviceUnderTest(tested, { at: "2026-03-16T08:00:00Z" });
  const depot = newId<DepotId>();
  const planner = person("planner", [depot]);
  const dispatcher = person("dispatcher", [depot]);
  const rosters = service.as(planner, RosterService);
  let hired = 0;
  let told = 1;
  await service.hear(hrTopic, "DepotOpened", { depotId: depot, code: "N", timeZone: zone }, { aggregate: depot });

  const ofEmployee = (id: string) => ({ aggregate: id, version: ++told });

  return {
    service,
    depot,
    planner,
    dispatcher,
    rosters,
    day: service.as(dispatcher, RosterService),
    person,
    at,

    /** A driver of the depot with a contract of 40 h and the given lines. */
    async driver(lines: readonly string[] = ["A"], agreement = "standard"): Promise<string> {
      const id = newId<EmployeeId>();
      const number = String(++hired).padStart(4, "0");
      await service.hear(
        hrTopic,
        "EmployeeHired",
        { employeeId: id, number, depotId: depot, hiredOn: "2025-01-01" },
        { aggregate: id },
      );
      const contract = { employeeId: id, contractId: newId(), agreement, weeklyMinutes: 2400, validFrom: "2025-01-01" };
      await service.hear(hrTopic, "ContractChanged", contract, ofEmployee(id));
      for (const code of lines)
        await service.hear(
          hrTopic,
          "QualificationGranted",
          { employeeId: id, code, validFrom: "2025-01-01" },
          ofEmployee(id),
        );
      return id;
    },

    /** As many like `driver` makes, put where hr's events would put them: telling each of them would take longer than the test. */
    async drivers(count: number): Promise<readonly string[]> {
      const ids = Array.from({ length: count }, () => newId<EmployeeId>());
      const numbers = ids.map(() => String(++hired).padStart(4, "0"));
      const put = (sql: string, ...values: unknown[]) => service.db.rows(sql, [ids, ...values]);
      await put(
        `insert into driver (id, number, depot_id, employed_from)
         select id, number, $3, '2025-01-01' from unnest($1::uuid[], $2::text[]) as given (id, number)`,
        numbers,
        depot,
      );
      await put(
        `insert into contract (driver_id, valid_from, agreement, weekly_minutes)
         select id, '2025-01-01', 'standard', 2400 from unnest($1::uuid[]) as given (id)`,
      );
      await put(
        `insert into qualification (driver_id, code, valid_from)
         select id, 'A', '2025-01-01' from unnest($1::uuid[]) as given (id)`,
      );
      return ids;
    },

    /** A duty by the wall clock of its service date, 30 minutes of it unpaid. */
    async duty(
      date: string,
      from: string,
      to: string,
      { id = newId(), run, line = "A", version = 1 }: PlannedDuty = {},
    ) {
      const [starts, ends] = [at(date, from), at(date, to)];
      const duty = {
        id,
        depotId: depot,
        serviceDate: date,
        serviceId: "daily",
        runId: run ?? `${from}-${to}`,
        starts: toTimestamp(starts),
        ends: toTimestamp(ends),
        workMinutes: Math.max(starts.until(ends).total("minutes") - 30, 1),
        qualification: line,
        version,
      };
      await service.hear(
        planningTopic,
        version === 1 ? "DutyPlanned" : "DutyChanged",
        { duty },
        { aggregate: id, version },
      );
      return id;
    },

    async absence(driver: string, starts: string, ends: string): Promise<string> {
      const id = newId();
      const time = {
        starts: toTimestamp(Temporal.Instant.from(starts)),
        ends: toTimestamp(Temporal.Instant.from(ends)),
      };
      await service.hear(
        hrTopic,
        "AbsenceApproved",
        { absenceId: id, employeeId: driver, kind: 2, ...time },
        { aggregate: id },
      );
      return id;
    },

    hr: <Type extends "EmployeeTerminated" | "EmployeeMoved" | "AbsenceCancelled">(
      type: Type,
      payload: Parameters<typeof service.hear<typeof hrTopic, Type>>[2],
      aggregate: string,
    ) => service.hear(hrTopic, type, payload, ofEmployee(aggregate)),

    dispatch: <Type extends "DriverSignedOn" | "DriverSignedOff" | "DutyCancelled" | "DutyReactivated">(
      type: Type,
      payload: Parameters<typeof service.hear<typeof dispatchTopic, Type>>[2],
      duty: string,
    ) => service.hear(dispatchTopic, type, payload, ofEmployee(duty)),

    withdraw: (duty: string) => service.hear(planningTopic, "DutyWithdrawn", { dutyId: duty }, ofEmployee(duty)),

    async openRoster(firstDay = "2026-03-23", lastDay = "2026-03-29") {
      const { roster } = await rosters.openRoster({ depotId: depot, firstDay, lastDay });
      return roster?.id ?? "";
    },

    async publish(rosterId: string) {
      const { roster } = await rosters.getRoster({ rosterId });
      return (await rosters.publishRoster({ rosterId, expectedVersion: roster?.version ?? 0 })).roster;
    },

    async roster(rosterId: string) {
      const { roster } = await rosters.getRoster({ rosterId });
      if (!roster) throw new Error("no roster");
      return roster;
    },

    /** Who holds what at a version: driver by duty, "" where it is open. */
    async holders(rosterId: string, rosterVersion = 0): Promise<Record<string, string>> {
      const { assignments } = await rosters.listAssignments({ rosterId, rosterVersion });
      return Object.fromEntries(assignments.map(({ dutyId, driverId }) => [dutyId, driverId]));
    },

    async assignmentOf(rosterId: string, duty: string) {
      const { assignments } = await rosters.listAssignments({ rosterId });
      const found = assignments.find(({ dutyId }) => dutyId === duty);
      if (!found?.id) throw new Error(`Nobody holds ${duty}.`);
      return found;
    },

    swapsOf: (driver: string) => service.as(person("driver", [depot], driver), SwapService),
    swaps: service.as(dispatcher, SwapService),

    /** What was told of a kind, decoded, oldest first. */
    async told<Type extends keyof typeof schedulingTopic.types>(type: Type) {
      const events = await service.recorded();
      const schema = schedulingTopic.types[type];
      return events.filter((event) => event.type === type).map((event) => fromBinary(schema, event.payload));
    },
  };
};

export type Scenario = Awaited<ReturnType<typeof scenario>>;
