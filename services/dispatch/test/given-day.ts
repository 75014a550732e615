import { fromBinary } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import { DayService } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { ReviewService } from "@headway/contracts/gen/headway/dispatch/v1/review_service_pb";
import { SigningKind, SigningService } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { dispatchTopic, hrTopic, planningTopic, schedulingTopic } from "@headway/contracts/topics";
import { type DepotId, type EmployeeId, newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { Caller, Grant } from "@headway/service/caller";
import { serviceUnderTest } from "@headway/service/service-under-test";
import { dispatch } from "../src/container.ts";

export const person = (grants: readonly Grant[], employee: string | null = null): Caller => ({
  kind: "person",
  user: newId(),
  session: "test",
  employee: employee as EmployeeId | null,
  grants,
});

export const instant = (text: string) => Temporal.Instant.from(text);
const stamp = (text: string) => toTimestamp(instant(text));

export type DutySaid = {
  readonly id?: string;
  readonly date?: string;
  readonly run?: string;
  readonly starts?: string;
  readonly ends?: string;
  readonly version?: number;
  readonly depot?: string;
};

/** A depot in Paris on 23 November 2026, two drivers, and words for what happens on its day. */
export const givenDay = async (
  roster: Partial<ServiceImpl<typeof RosterService>> = {},
  at = "2026-11-22T12:00:00Z",
) => {
  const depot: string = newId();
  const [yusuf, mei]: [string, string] = [newId(), newId()];
  const dispatcher = person([{ role: "dispatcher", depots: [depot as DepotId] }]);
  /** Who has which duty in the published roster, by the duty. */
  const published = new Map<string, { readonly id: string; readonly dutyId: string; readonly serviceDate: string }>();
  const listDayAssignments = ({ serviceDate }: { serviceDate: string }) => ({
    assignments: [...published.values()].filter((one) => one.serviceDate === serviceDate),
  });
  const service = await serviceUnderTest(dispatch, {
    at,
    others: (router) => router.service(RosterService, { listDayAssignments, ...roster }),
  });
  const { hear } = service;

  const openDepot = (id: string) =>
    hear(hrTopic, "DepotOpened", { depotId: id, code: "NORTH", timeZone: "Europe/Paris" }, { aggregate: id });
  const hire = (id: string, at = depot) =>
    hear(
      hrTopic,
      "EmployeeHired",
      { employeeId: id, number: "1", depotId: at, hiredOn: "2026-01-01" },
      { aggregate: id },
    );

  await openDepot(depot);
  for (const driver of [yusuf, mei]) await hire(driver);

  const days = service.as(dispatcher, DayService);
  const reviews = service.as(dispatcher, ReviewService);
  const toDuty = (said: DutySaid, id: string) => {
    const { starts = "2026-11-23T05:00:00Z", ends = "2026-11-23T13:00:00Z" } = said;
    return {
      id,
      depotId: said.depot ?? depot,
      serviceDate: said.date ?? "2026-11-23",
      serviceId: "weekday",
      runId: said.run ?? "101",
      starts: stamp(starts),
      ends: stamp(ends),
      pieces: [{ blockId: "b", starts: stamp(starts), ends: stamp(ends), startPlace: "x", endPlace: "y", trips: 4 }],
      workMinutes: 480,
      qualification: "L1",
      line: "L1",
      version: said.version ?? 1,
    };
  };

  const plan = async (said: DutySaid = {}, type: "DutyPlanned" | "DutyChanged" = "DutyPlanned"): Promise<string> => {
    const id = said.id ?? newId();
    await hear(planningTopic, type, { duty: toDuty(said, id) }, { aggregate: id, version: said.version ?? 1 });
    return id;
  };

  const withdraw = (id: string, version = 2) =>
    hear(planningTopic, "DutyWithdrawn", { dutyId: id }, { aggregate: id, version });

  type RosterSaid = { assignment?: string; date?: string; rosterVersion?: number; at?: string };
  const rosterNews =
    (type: "DutyAssigned" | "DutyReleased") =>
    async (duty: string, driver: string, said: RosterSaid = {}) => {
      const assignmentId = said.assignment ?? newId();
      const serviceDate = said.date ?? "2026-11-23";
      if (type === "DutyAssigned") published.set(duty, { id: assignmentId, dutyId: duty, serviceDate });
      else if (published.get(duty)?.id === assignmentId) published.delete(duty);
      await hear(
        schedulingTopic,
        type,
        {
          assignmentId,
          dutyId: duty,
          driverId: driver,
          rosterId: newId(),
          depotId: depot,
          serviceDate,
          rosterVersion: said.rosterVersion ?? 1,
        },
        { aggregate: duty, at: instant(said.at ?? at) },
      );
      return assignmentId;
    };

  const assign = rosterNews("DutyAssigned");
  const activate = (serviceDate = "2026-11-23", anyway = false) =>
    days.activateDay({ depotId: depot, serviceDate, anyway });

  const sign = (
    caller: Caller,
    driverId: string,
    kind: SigningKind,
    at: string,
    said: { dutyId?: string; signingId?: string } = {},
  ) =>
    service.as(caller, SigningService).sign({
      signing: { signingId: said.signingId ?? newId(), driverId, dutyId: said.dutyId ?? "", kind, at: stamp(at) },
    });

  const asDriver = (driver: string) => person([{ role: "driver", depots: [depot as DepotId] }], driver);

  return {
    ...service,
    depot,
    published,
    yusuf,
    mei,
    dispatcher,
    days,
    reviews,
    openDepot,
    hire,
    plan,
    withdraw,
    assign,
    release: rosterNews("DutyReleased"),
    activate,
    asDriver,
    /** As the driver's own. */
    signOn: (driver: string, at: string, said = {}) => sign(asDriver(driver), driver, SigningKind.SIGN_ON, at, said),
    signOff: (driver: string, at: string, said = {}) => sign(asDriver(driver), driver, SigningKind.SIGN_OFF, at, said),
    sign,
    async duty(dutyId: string) {
      const { duty } = await days.getDuty({ dutyId });
      if (!duty) throw new Error("A duty is always answered.");
      return duty;
    },
    /** A rostered duty on an activated day. */
    async rosteredDuty(driver: string, said: DutySaid = {}) {
      const duty = await plan(said);
      await assign(duty, driver, said.date ? { date: said.date } : {});
      await activate(said.date);
      return duty;
    },
    facts: async () =>
      (
        await service.db.rows<{ type: string; at: string }>(
          `select type, to_char(occurred_at, 'HH24:MI:SS') as at from event_log order by position`,
        )
      ).map(({ type, at }) => `${type} ${at}`),
    /** Events of one type, oldest first. */
    async told<Type extends keyof typeof dispatchTopic.types>(type: Type) {
      const recorded = await service.recorded();
      const schema = dispatchTopic.types[type];
      return recorded.filter((one) => one.type === type).map(({ payload }) => fromBinary(schema, payload));
    },
    async worked() {
      const recorded = await service.recorded();
      return recorded
        .filter(({ type }) => type === "WorkedTimeRecorded")
        .map(({ payload }) => fromBinary(dispatchTopic.types.WorkedTimeRecorded, payload));
    },
  };
};

export type GivenDay = Awaited<ReturnType<typeof givenDay>>;

/** What a call was refused with. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "not refused",
    (error: unknown) => (error instanceof Error && "slug" in error ? String(error.slug) : String(error)),
  );
