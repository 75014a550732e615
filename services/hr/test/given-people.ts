import type { Client } from "@connectrpc/connect";
import { AbsenceService, DayPart } from "@headway/contracts/gen/headway/hr/v1/absence_service_pb";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { AbsenceKind } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import {
  ImportState,
  type StaffImport,
  StaffImportService,
} from "@headway/contracts/gen/headway/hr/v1/staff_import_service_pb";
import { type DepotId, type EmployeeId, newId } from "@headway/kernel/ids";
import type { Person, Role } from "@headway/service/caller";
import { serviceUnderTest } from "@headway/service/service-under-test";
import { vi } from "vitest";
import { hr } from "../src/container.ts";

type Held = { readonly depots?: readonly DepotId[] | null; readonly employee?: string | null };

/** Somebody with a role, in all depots unless told. */
export const person = (role: Role, { depots = null, employee = null }: Held = {}): Person => ({
  kind: "person",
  user: newId(),
  session: "test",
  employee: employee as EmployeeId | null,
  grants: [{ role, depots }],
});

export const terms = (from = "2026-01-01") => ({
  agreement: "standard",
  weeklyMinutes: 2400,
  hourlyRateMinor: 3150n,
  currency: "EUR",
  validFrom: from,
});

/** Away, for a whole day unless told. */
export const away = (firstDay: string, lastDay = firstDay, part = DayPart.FULL) => ({
  kind: AbsenceKind.VACATION,
  firstDay,
  lastDay,
  part,
});

/** hr with a depot North in Paris, and words for what happens in it. */
export const givenPeople = async () => {
  const service = await serviceUnderTest(hr);
  const admin = person("admin");
  const depots = service.as(admin, DepotService);
  const people = service.as(admin, EmployeeService);

  const openDepot = async (code: string, timeZone = "Europe/Paris"): Promise<DepotId> =>
    (await depots.openDepot({ code, name: `${code} depot`, timeZone })).depot?.id as DepotId;
  const north = await openDepot("NORTH");

  let numbers = 0;
  const newcomer = (depot = north) => ({
    number: `E${++numbers}`,
    givenName: "Noor",
    familyName: "de Vries",
    depotId: depot,
    hiredOn: "2026-01-01",
    contract: terms(),
    qualifications: [{ code: "L1", validFrom: "2026-01-01", validUntil: "2026-11-20" }],
  });

  return {
    service,
    north,
    depots,
    people,
    absences: service.as(admin, AbsenceService),
    openDepot,
    /** What is said to hire somebody. */
    newcomer,
    async hire(depot = north) {
      const { employee } = await people.hireEmployee(newcomer(depot));
      if (!employee) throw new Error("nobody was hired");
      return employee;
    },
    /** What was told of one aggregate. */
    told: async (aggregate: string) =>
      (await service.recorded()).filter((event) => event.aggregate === aggregate).map(({ type }) => type),
    take: (list: string | Uint8Array) => take(service.as(admin, StaffImportService), list),
    pages: (wanted: { readonly matching: string; readonly size?: number }) => pages(people, wanted),
  };
};

export type People = Awaited<ReturnType<typeof givenPeople>>;

/** For what hangs: no import of a test takes as long, however slow the machine. */
export const longestImport = 15 * 60_000;

/** Hands in a staff list; answers when it is worked off. */
const take = async (imports: Client<typeof StaffImportService>, list: string | Uint8Array): Promise<StaffImport> => {
  async function* parts() {
    yield { content: typeof list === "string" ? new TextEncoder().encode(list) : list };
  }
  const { import: started } = await imports.startStaffImport(parts());
  return vi.waitFor(
    async () => {
      const { import: now } = await imports.getStaffImport({ importId: started?.id ?? "" });
      if (!now || now.state === ImportState.RUNNING) throw new Error(`still running, ${now?.rowsDone} rows done`);
      return now;
    },
    { timeout: longestImport, interval: 50 },
  );
};

/** The numbers of all who match, page by page. */
const pages = async (
  people: Client<typeof EmployeeService>,
  { matching, size = 0 }: { readonly matching: string; readonly size?: number },
): Promise<string[][]> => {
  const found: string[][] = [];
  let cursor = "";
  do {
    const { employees, page } = await people.listEmployees({ matching, page: { size, cursor } });
    found.push(employees.map(({ number }) => number));
    cursor = page?.next ?? "";
  } while (cursor !== "");
  return found;
};
