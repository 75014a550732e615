import { once, type Schemas, seen } from "headway/rehearse/headway";
import type { Ledger } from "./ledger.ts";
import { isDone, type Line } from "./line.ts";
import type { OwnDuty, World } from "./world.ts";

export type Client = (stopping: AbortSignal) => Promise<void>;

type Needs = { readonly line: Line; readonly ledger: Ledger; readonly world: World };

/** People come, learn something, ask to be away, and some go again: hr, iam, scheduling, overtime and reporting all hear of it. */
export const personnel =
  ({ line, ledger, world }: Needs, place: number): Client =>
  async (stopping) => {
    for (let count = 0; !stopping.aborted; count++) {
      const number = `P${place}-${count}`;
      const employee = await hire({ line, ledger, world }, number);
      if (!employee) continue;
      await grant({ line, ledger }, employee);
      await takeLeave({ line, ledger }, employee);
      if (count % 3 === 0) await terminate({ line, ledger }, employee.id);
    }
  };

type Person = Pick<Schemas["Employee"], "id" | "version">;

const hire = async ({ line, ledger, world }: Needs, number: string): Promise<Person | null> => {
  const header = once();
  const contract = {
    agreement: "standard",
    weeklyMinutes: 2400,
    hourlyRateMinor: 2500,
    currency: "EUR",
    validFrom: "2022-01-01",
  };
  const body = {
    number,
    givenName: "Ada",
    familyName: number,
    depotId: world.depot,
    hiredOn: "2022-01-01",
    contract,
    qualifications: [],
  };
  const outcome = await line.call((headway) => headway.POST("/employees", { params: { header }, body }));
  if (!isDone(outcome)) {
    ledger.strange(`Hiring ${number}`, outcome);
    return null;
  }
  ledger.done("hired", number);
  if (outcome.data) return outcome.data;
  const { data } = await line.call((headway) =>
    headway.GET("/employees", { params: { query: { matching: number, limit: 10 } } }),
  );
  return data?.items.find((one) => one.number === number) ?? null;
};

const versionOf = async ({ line }: Pick<Needs, "line">, employeeId: string): Promise<number> => {
  const { data } = await line.call((headway) =>
    headway.GET("/employees/{employeeId}", { params: { path: { employeeId } } }),
  );
  return data?.version ?? 1;
};

const grant = async ({ line, ledger }: Omit<Needs, "world">, { id, version }: Person): Promise<void> => {
  const params = { path: { employeeId: id }, header: seen(version) };
  const body = { code: "FIRST-AID", validFrom: "2022-02-01", validUntil: null };
  const outcome = await line.call((headway) =>
    headway.POST("/employees/{employeeId}/qualifications", { params, body }),
  );
  if (isDone(outcome)) ledger.done("granted", id);
  else ledger.strange(`A qualification of ${id}`, outcome);
};

const takeLeave = async ({ line, ledger }: Omit<Needs, "world">, { id: employeeId }: Person): Promise<void> => {
  const day = "2022-11-07";
  const header = once();
  const body = { employeeId, kind: "vacation" as const, firstDay: day, lastDay: day };
  const asked = await line.call((headway) => headway.POST("/absences/request", { params: { header }, body }));
  if (!isDone(asked)) return ledger.strange(`An absence of ${employeeId}`, asked);
  ledger.done("requested", `${employeeId} ${day}`);
  if (!asked.data) return;
  const params = { path: { absenceId: asked.data.id }, header: seen(asked.data.version) };
  const approved = await line.call((headway) => headway.POST("/absences/{absenceId}/approve", { params }));
  if (isDone(approved)) ledger.done("approved", asked.data.id);
  else ledger.strange(`The approval of ${asked.data.id}`, approved);
};

const terminate = async ({ line, ledger }: Omit<Needs, "world">, employeeId: string): Promise<void> => {
  const params = { path: { employeeId }, header: seen(await versionOf({ line }, employeeId)) };
  const body = { lastDay: "2022-09-30" };
  const outcome = await line.call((headway) => headway.POST("/employees/{employeeId}/terminate", { params, body }));
  if (isDone(outcome)) ledger.done("terminated", employeeId);
  else ledger.strange(`The termination of ${employeeId}`, outcome);
};

/** Duties are taken from their drivers and given back, for ever: scheduling, dispatch, notification and reporting follow. */
export const reassignment =
  ({ line, ledger, world }: Needs, place: number): Client =>
  async (stopping) => {
    const own = world.later.filter((_, index) => index % world.reassigning === place);
    for (let turn = 0; !stopping.aborted && own.length > 0; turn++) {
      const held = own[turn % own.length];
      if (held) await reassign({ line, ledger }, held);
    }
  };

const reassign = async ({ line, ledger }: Omit<Needs, "world">, held: OwnDuty): Promise<void> => {
  const params = { path: { assignmentId: held.assignment }, header: seen(held.version) };
  const released = await line.call((headway) => headway.POST("/assignments/{assignmentId}/release", { params }));
  if (!isDone(released)) return ledger.strange(`The release of ${held.assignment}`, released);
  ledger.done("released", held.duty);
  const header = once();
  const body = { dutyId: held.duty, driverId: held.driver };
  const assigned = await line.call((headway) => headway.POST("/assignments", { params: { header }, body }));
  if (!isDone(assigned)) return ledger.strange(`The assignment of ${held.duty}`, assigned);
  ledger.done("assigned", held.duty);
  const now = assigned.data?.assignment ?? (await standingOn({ line }, held));
  held.assignment = now?.id ?? held.assignment;
  held.version = now?.version ?? held.version;
};

const standingOn = async ({ line }: Pick<Needs, "line">, { duty, driver }: OwnDuty) => {
  const query = { firstDay: "2022-10-10", lastDay: "2022-10-20" };
  const { data } = await line.call((headway) =>
    headway.GET("/drivers/{driverId}/duties", { params: { path: { driverId: driver }, query } }),
  );
  return data?.items.find(({ dutyId }) => dutyId === duty) ?? null;
};

/** Weeks long past are opened, closed and acknowledged, one after the other: each closing is a saga over three services. */
export const closing =
  ({ line, ledger }: Needs): Client =>
  async (stopping) => {
    const start = Date.UTC(2000, 0, 3);
    for (let week = 0; !stopping.aborted; week++) {
      const [firstDay, lastDay] = [0, 6].map((day) =>
        new Date(start + (week * 7 + day) * 86_400_000).toISOString().slice(0, 10),
      );
      if (firstDay !== undefined && lastDay !== undefined) await closeWeek({ line, ledger }, { firstDay, lastDay });
    }
  };

const closeWeek = async (
  { line, ledger }: Omit<Needs, "world">,
  span: { firstDay: string; lastDay: string },
): Promise<void> => {
  const header = once();
  const opened = await line.call((headway) => headway.POST("/pay-periods", { params: { header }, body: span }));
  if (!isDone(opened)) return ledger.strange(`Opening ${span.firstDay}`, opened);
  ledger.done("opened", span.firstDay);
  const period = opened.data ?? (await periodOf({ line }, span.firstDay));
  if (!period) return;
  const path = { payPeriodId: period.id };
  const params = { path, header: seen(period.version) };
  const closed = await line.call((headway) => headway.POST("/pay-periods/{payPeriodId}/close", { params }));
  if (!isDone(closed)) return ledger.strange(`Closing ${span.firstDay}`, closed);
  for (;;) {
    const { data } = await line.call((headway) => headway.GET("/pay-periods/{payPeriodId}", { params: { path } }));
    if (data?.state === "exported") break;
    if (data?.state === "open")
      return ledger.strange(`The closing of ${span.firstDay}, undone (${data.waitingFor}),`, closed);
  }
  ledger.done("exported", span.firstDay);
};

const periodOf = async ({ line }: Pick<Needs, "line">, firstDay: string) => {
  const { data } = await line.call((headway) => headway.GET("/pay-periods", { params: { query: { limit: 500 } } }));
  return data?.items.find((one) => one.firstDay === firstDay) ?? null;
};

/** Users are made for people who are no employees. */
export const accounts =
  ({ line, ledger, world }: Needs): Client =>
  async (stopping) => {
    for (let count = 0; !stopping.aborted; count++) {
      const userName = `clerk-${count}`;
      const header = once();
      const body = { userName, grants: [{ role: "dispatcher" as const, depotIds: [world.depot] }] };
      const outcome = await line.call((headway) => headway.POST("/users", { params: { header }, body }));
      if (isDone(outcome)) ledger.done("named", userName);
      else ledger.strange(`The user ${userName}`, outcome);
    }
  };
