import { ReleaseCause } from "@headway/contracts/gen/headway/scheduling/v1/events_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { planningTopic } from "@headway/contracts/topics";
import { DomainError } from "@headway/kernel/domain-error";
import { newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { Job } from "@headway/service/jobs";
import { scheduling } from "../../src/container.ts";
import { type Scenario, scenario } from "../scenario.ts";
import { type Cover, dispatcher, type Signing, type SwapOrder } from "./meaning.ts";
import { type Names, namesFrom, readPicture } from "./picture.ts";
import { assign, change, type DutyOfWeek, found, type Minute, publish, type Time, type Week } from "./week.ts";

const lines = { ann: ["A", "B"], bob: ["A", "B"], cem: ["A"], dan: ["A", "B"] };
export const drivers = ["ann", "bob", "cem", "dan"] as const;
const rosters = { R1: [0, 1], R2: [2, 2] };
/** Duties that overlap, and such with too little rest between them. One is open; the last two are still in a draft. */
const plans = [
  { name: "A", roster: "R1", day: 0, line: "A", time: { starts: 360, ends: 840 }, driver: "ann" },
  { name: "B", roster: "R1", day: 0, line: "A", time: { starts: 660, ends: 1140 }, driver: "bob" },
  { name: "C", roster: "R1", day: 1, line: "A", time: { starts: 1740, ends: 2220 }, driver: "cem" },
  { name: "D", roster: "R1", day: 1, line: "B", time: { starts: 1980, ends: 2460 }, driver: "dan" },
  { name: "E", roster: "R1", day: 1, line: "A", time: { starts: 2520, ends: 2760 }, driver: null },
  { name: "F", roster: "R2", day: 2, line: "A", time: { starts: 3180, ends: 3660 }, driver: "ann" },
  { name: "G", roster: "R2", day: 2, line: "A", time: { starts: 3300, ends: 3780 }, driver: "cem" },
] as const;
export const duties: readonly string[] = plans.map(({ name }) => name);
const begins: Minute = -600;

/** Scheduling on PostgreSQL, and weeks in it: each with people, duties and rosters of its own, and the model of it beside. */
export const openWorlds = async () => {
  const jobs = { asleep: true };
  const metro = await scenario(restingService(jobs));
  let monday = Temporal.Instant.from("2026-04-06T00:00:00Z");

  const next = async (): Promise<{ model: Week; real: World }> => {
    monday = monday.add({ hours: 7 * 24 });
    const midnight = monday;
    const names = namesFrom((at) => midnight.until(Temporal.Instant.from(at)).total("minutes"));
    const real = worldOf(metro, jobs, names, midnight);
    await real.setClock(begins, true);
    for (const name of drivers) names.call(await metro.driver(lines[name]), name);
    for (const [name, [first = 0, last = 0]] of Object.entries(rosters))
      names.call(await metro.openRoster(real.date(first), real.date(last)), name);
    const model = freshWeek();
    for (const { driver, ...plan } of plans) {
      names.call(newId(), plan.name);
      const duty = { ...plan, plan: 1, withdrawn: false, cancelled: false, given: 0, told: 0 };
      model.duties.set(plan.name, duty);
      await real.plan(duty);
      if (!driver) continue;
      change(found(model.rosters, plan.roster));
      assign(model, plan.name, driver);
      await real.assign(plan.name, driver);
    }
    const issued = found(model.rosters, "R1");
    await real.publish("R1", issued.version);
    publish(model, issued);
    await real.read();
    return { model, real };
  };
  return { next, close: metro.service.close };
};

/** Scheduling whose jobs do nothing while they are asleep: they work when an order says so, and not each so many seconds. */
const restingService = (jobs: { readonly asleep: boolean }): typeof scheduling => ({
  ...scheduling,
  build(...given) {
    const parts = scheduling.build(...given);
    const rested = (job: Job): Job => ({
      ...job,
      run: async (...at) => (jobs.asleep ? undefined : job.run(...at)),
    });
    return { ...parts, jobs: parts.jobs.map(rested) };
  },
});

const freshWeek = (): Week => ({
  now: begins,
  drivers: new Map(drivers.map((name) => [name, { name, lines: lines[name], absences: new Map(), lastDay: null }])),
  duties: new Map(),
  rosters: new Map(Object.keys(rosters).map((name) => [name, { name, current: 0, version: 1 }])),
  held: new Map(),
  swaps: new Map(),
  lapsed: [],
  told: [],
});

export type World = ReturnType<typeof worldOf>;

/** The words of the week's orders, as scheduling takes them. Each answers what the caller is told: `done`, or the refusal's slug. */
const worldOf = (metro: Scenario, jobs: { asleep: boolean }, names: Names, midnight: Temporal.Instant) => {
  const { id } = names;
  const { service, rosters: planner, day } = metro;
  const at = (minute: Minute) => midnight.add({ minutes: minute });
  const date = (day: number): string =>
    at(day * 1440)
      .toString()
      .slice(0, 10);
  const stamps = ({ starts, ends }: Time) => ({ starts: toTimestamp(at(starts)), ends: toTimestamp(at(ends)) });
  const swapsOf = (actor: string) => (actor === dispatcher ? metro.swaps : metro.swapsOf(id(actor)));
  const absences = new Map<string, string>();
  const onDuty = (name: string) => ({ dutyId: id(name) });
  return {
    date,
    read: () => readPicture(service.db, { rosters: Object.keys(rosters), duties }, names),
    /** Noticed, what is due by then is done as well; else it waits for its time. */
    async setClock(minute: Minute, noticed: boolean): Promise<string> {
      jobs.asleep = !noticed;
      return answer(service.setClock(at(minute).toString())).finally(() => {
        jobs.asleep = true;
      });
    },
    request: (by: string, offered: string, wanted: string): Promise<string> =>
      answer(swapsOf(by).requestSwap({ offeredAssignmentId: id(offered), wantedAssignmentId: id(wanted) })),
    say(order: SwapOrder, actor: string, { name, seen }: { readonly name: string; readonly seen: number }) {
      const client = swapsOf(actor);
      const calls = {
        accept: client.acceptSwap,
        approve: client.approveSwap,
        decline: client.declineSwap,
        cancel: client.cancelSwap,
      };
      return answer(calls[order]({ swapId: id(name), expectedVersion: seen }));
    },
    assign: (name: string, driver: string): Promise<string> =>
      answer(planner.assignDuty({ ...onDuty(name), driverId: id(driver) })),
    cover: (name: string, { driver, cause, insteadOf }: Cover): Promise<string> =>
      answer(
        day.coverDuty({
          ...onDuty(name),
          driverId: id(driver),
          cause: cause === null ? ReleaseCause.UNSPECIFIED : ReleaseCause[cause],
          insteadOfDriverId: insteadOf === null ? "" : id(insteadOf),
        }),
      ),
    release: (name: string, seen: number): Promise<string> =>
      answer(planner.releaseDuty({ assignmentId: id(name), expectedVersion: seen })),
    publish: (name: string, seen: number): Promise<string> =>
      answer(planner.publishRoster({ rosterId: id(name), expectedVersion: seen })),
    async absent(driver: string, absence: string, time: Time): Promise<string> {
      absences.set(absence, await metro.absence(id(driver), at(time.starts).toString(), at(time.ends).toString()));
      return "done";
    },
    back: (absence: string): Promise<string> =>
      answer(metro.hr("AbsenceCancelled", { absenceId: found(absences, absence) }, found(absences, absence))),
    leave: (driver: string, lastDay: number): Promise<string> =>
      answer(metro.hr("EmployeeTerminated", { employeeId: id(driver), lastDay: date(lastDay) }, id(driver))),
    plan({ name, day, line, time, plan }: DutyOfWeek): Promise<string> {
      const run = { id: id(name), depotId: metro.depot, serviceDate: date(day), serviceId: "daily", runId: name };
      const duty = { ...run, ...stamps(time), workMinutes: 450, qualification: line, version: plan };
      const type = plan === 1 ? "DutyPlanned" : "DutyChanged";
      return answer(service.hear(planningTopic, type, { duty }, { aggregate: id(name), version: plan }));
    },
    withdraw: (name: string): Promise<string> => answer(metro.withdraw(id(name))),
    cancel: (name: string): Promise<string> => answer(metro.dispatch("DutyCancelled", onDuty(name), id(name))),
    reactivate: (name: string): Promise<string> => answer(metro.dispatch("DutyReactivated", onDuty(name), id(name))),
    sign(name: string, signing: Signing): Promise<string> {
      const said = { ...onDuty(name.slice(0, 1)), assignmentId: id(name) };
      if (signing === "sign-on") return answer(metro.dispatch("DriverSignedOn", said, said.dutyId));
      return answer(metro.dispatch("DriverSignedOff", { ...said, relieved: signing === "relief" }, said.dutyId));
    },
  };
};

/** Whatever is no refusal is said in its own words, which no model expects; so is a lost race that is not told as one. */
const answer = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => "done",
    (error: unknown) => {
      if (!(error instanceof DomainError)) return String(error);
      return (error.kind === "stale") === error.slug.endsWith(".changed") ? error.slug : `${error.kind} ${error.slug}`;
    },
  );
