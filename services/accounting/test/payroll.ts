import { Code, ConnectError, type ConnectRouter } from "@connectrpc/connect";
import {
  type PayPeriod,
  PayPeriodService,
  PayPeriodState,
} from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { hrTopic, overtimeTopic } from "@headway/contracts/topics";
import { type DepotId, type EmployeeId, newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import type { Caller, Grant } from "@headway/service/caller";
import { type ServiceUnderTest, serviceUnderTest } from "@headway/service/service-under-test";
import { vi } from "vitest";
import { accounting } from "../src/container.ts";

export const person = (...grants: readonly Grant[]): Caller => ({
  kind: "person",
  user: newId(),
  session: "s",
  employee: null,
  grants,
});
export const payroll = person({ role: "payroll", depots: null });

/** The Monday of a day's week. */
const mondayOf = (day: string): string => {
  const date = Temporal.PlainDate.from(day);
  return date.subtract({ days: date.dayOfWeek - 1 }).toString();
};

type Day = { readonly driverId: string; readonly serviceDate: string; readonly revision: number };

/** What overtime and hr would say, and whether they are there. */
export const otherServices = () => {
  const days = new Map<string, Day>();
  const rates = new Map<string, bigint>();
  const raises: { employeeId: string; validFrom: string; hourlyRateMinor: bigint }[] = [];
  const unpayable: { driverId: string; serviceDate: string; slug: string; reason: string }[] = [];
  const away = { overtime: false, hr: false };
  const routes = (router: ConnectRouter): void => {
    // Only what accounting asks for; the rest of both services answers "unimplemented".
    router.rpc(OvertimeService.method.finalisePeriod, ({ firstDay, lastDay }) => {
      if (away.overtime) throw new ConnectError("overtime is away", Code.Unavailable);
      const all = [...days.values()];
      const monday = mondayOf(firstDay);
      const isMadeFinal =
        monday < firstDay && monday !== mondayOf(Temporal.PlainDate.from(lastDay).add({ days: 1 }).toString());
      return {
        days: all.filter(({ serviceDate }) => firstDay <= serviceDate && serviceDate <= lastDay),
        before: all.filter(({ serviceDate }) => isMadeFinal && monday <= serviceDate && serviceDate < firstDay),
        unpayable,
      };
    });
    router.rpc(EmployeeService.method.listRates, ({ employeeIds }) => {
      if (away.hr) throw new ConnectError("hr is away", Code.Unavailable);
      return {
        rates: employeeIds.flatMap((employeeId) => {
          const hourlyRateMinor = rates.get(employeeId);
          if (!hourlyRateMinor) return [];
          const first = { employeeId, validFrom: "2020-01-01", hourlyRateMinor };
          const later = raises.filter((raise) => raise.employeeId === employeeId);
          const number = `N${[...rates.keys()].indexOf(employeeId)}`;
          return [first, ...later].map((rate) => ({ ...rate, number, currency: "EUR" }));
        }),
      };
    });
  };
  return { days, rates, raises, unpayable, away, routes };
};

type Worth = {
  readonly revision?: number;
  readonly base?: number;
  readonly overtime?: number;
  readonly depot?: DepotId;
};

/** Accounting with one depot, long after the days that its tests speak of, and the words in which they speak. */
export const startAccounting = async (at = "2027-01-04T08:00:00Z") => {
  const others = otherServices();
  const service = await serviceUnderTest(accounting, { others: others.routes, at });
  const north = newId<DepotId>();
  const openDepot = (depotId: DepotId, code: string, timeZone = "UTC") =>
    service.hear(hrTopic, "DepotOpened", { depotId, code, timeZone }, { aggregate: depotId });
  await openDepot(north, "NORTH");

  const hire = (rate = 2000n): EmployeeId => {
    const driver = newId<EmployeeId>();
    others.rates.set(driver, rate);
    return driver;
  };

  /** A contract with another rate, as hr has it from now on; the answer lets its event arrive. */
  const raise = (employeeId: EmployeeId, hourlyRateMinor: bigint, validFrom: string) => {
    others.raises.push({ employeeId, validFrom, hourlyRateMinor });
    const contract = { employeeId, contractId: newId(), agreement: "standard", weeklyMinutes: 2400, validFrom };
    return () => service.hear(hrTopic, "ContractChanged", contract, { aggregate: employeeId, version: 2 });
  };

  /** Overtime has calculated a day; `heard: false` leaves its event on the way. */
  const calculated = async (driverId: EmployeeId, serviceDate: string, worth: Worth = {}, heard = true) => {
    const day = worthOf(driverId, serviceDate, { depot: north, ...worth });
    others.days.set(`${driverId} ${serviceDate}`, day);
    const about = { aggregate: `${driverId}/${serviceDate}`, version: day.revision };
    const tell = () => service.hear(overtimeTopic, "WorkedDayCalculated", day, about);
    if (heard) await tell();
    return tell;
  };

  /** Whoever does this to a row of the table dies, until the answer is called. */
  const deadly = async (table: string, what: string, when: string) => {
    await service.db.rows(
      "create or replace function die() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$",
    );
    await service.db.rows(`create trigger die before ${what} on ${table} for each row ${when} execute function die()`);
    return () => service.db.rows(`drop trigger die on ${table}`);
  };

  const words = periodWords(service);
  const monday = Temporal.PlainDate.from("2026-03-02");
  let weeks = 0;
  /** A week, and with it a period, that nobody else has had: the next one each time. */
  const nextWeek = () => {
    const first = monday.add({ weeks: weeks++ });
    const day = (offset: number) => first.add({ days: offset }).toString();
    return { day, open: () => words.open(day(0), day(6)) };
  };

  return { service, others, north, openDepot, hire, raise, calculated, deadly, nextWeek, ...words };
};

export type PayWeek = ReturnType<Awaited<ReturnType<typeof startAccounting>>["nextWeek"]>;

/** What overtime tells of a day. */
const worthOf = (
  driverId: EmployeeId,
  serviceDate: string,
  { revision = 1, base = 480, overtime = 0, depot = newId() }: Worth,
) => {
  const same = { agreement: "standard", ruleVersion: 1, dutyId: "" };
  const starts = Temporal.Instant.from(`${serviceDate}T06:00:00Z`);
  const interval = { starts: toTimestamp(starts), ends: toTimestamp(starts.add({ minutes: base })) };
  const worked = { id: "base.1", code: "BASE", minutes: base, factorThousandths: 1000, rule: "base" };
  const long = { id: "daily-overtime.1", code: "OVERTIME", minutes: overtime, factorThousandths: 500 };
  const components = [
    { ...same, ...worked, sentence: `${base} minutes.`, intervals: [interval] },
    { ...same, ...long, rule: "daily-overtime", sentence: "Long.", intervals: [] },
  ].filter(({ minutes }) => minutes > 0);
  return { driverId, depotId: depot, serviceDate, revision, workedMinutes: base, components };
};

const periodWords = (service: ServiceUnderTest) => {
  const periods = (caller = payroll) => service.as(caller, PayPeriodService);
  const get = async ({ id }: PayPeriod): Promise<PayPeriod> => whole(await periods().getPayPeriod({ payPeriodId: id }));
  const until = (period: PayPeriod, is: (now: PayPeriod) => boolean): Promise<PayPeriod> =>
    vi.waitFor(
      async () => {
        const now = await get(period);
        if (!is(now)) throw new Error(`The period is ${PayPeriodState[now.state]}: ${now.waitingFor}`);
        return now;
      },
      { timeout: 60_000, interval: 20 },
    );
  return {
    periods,
    get,
    until,
    open: async (firstDay: string, lastDay: string): Promise<PayPeriod> =>
      whole(await periods().openPayPeriod({ firstDay, lastDay })),
    close: async ({ id, version }: PayPeriod): Promise<PayPeriod> =>
      whole(await periods().closePayPeriod({ payPeriodId: id, expectedVersion: version })),
    exported: (period: PayPeriod) => until(period, ({ state }) => state === PayPeriodState.EXPORTED),
    file: async ({ id }: PayPeriod, caller = payroll): Promise<string> => {
      const parts: Uint8Array[] = [];
      for await (const { content } of periods(caller).readPayroll({ payPeriodId: id })) parts.push(content);
      return Buffer.concat(parts).toString();
    },
    lines: async ({ id }: PayPeriod) => (await periods().listPayLines({ payPeriodId: id, employeeId: "" })).lines,
    told: async ({ id }: PayPeriod): Promise<string[]> =>
      (await service.recorded()).filter(({ aggregate }) => aggregate === id).map(({ type }) => type),
  };
};

const whole = ({ payPeriod }: { payPeriod?: PayPeriod | undefined }): PayPeriod => {
  if (!payPeriod) throw new Error("No pay period was answered.");
  return payPeriod;
};
