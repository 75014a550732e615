import { create, toBinary } from "@bufbuild/protobuf";
import { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { EmployeeHiredSchema } from "@headway/contracts/gen/headway/hr/v1/events_pb";
import { ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { newId } from "@headway/kernel/ids";
import { serviceUnderTest } from "@headway/service/service-under-test";
import { expect, test } from "vitest";
import { reporting } from "../src/container.ts";
import { admin, at } from "./metro.ts";

test("a rebuild reads the services' logs page by page", async () => {
  // Every service answers with the log of hr: the consumers of the others find nothing for them in it.
  const log = Array.from({ length: 2300 }, (_, index) => {
    const employeeId = newId();
    return {
      position: BigInt(index * 2 + 1),
      eventId: newId(),
      type: "EmployeeHired",
      aggregateId: employeeId,
      aggregateVersion: 1,
      occurredAt: toTimestamp(at(index)),
      payload: toBinary(EmployeeHiredSchema, create(EmployeeHiredSchema, { employeeId, number: String(index) })),
    };
  });
  const readings: number[] = [];
  const service = await serviceUnderTest(reporting, {
    others: (router) =>
      router.service(OperationsService, {
        readEventLog: ({ afterPosition, size }) => {
          readings.push(size);
          return { events: log.filter(({ position }) => position > afterPosition).slice(0, size) };
        },
      }),
  });
  expect(await service.as(admin, ReportService).rebuildReports({})).toMatchObject({ events: 5n * 2300n });
  expect(readings).toEqual(Array.from({ length: 10 }, () => 2000));
  const numbers = await service.db.rows<{ number: string }>("select number from driver order by number::integer");
  expect(numbers.map(({ number }) => number)).toEqual(log.map((_, index) => String(index)));
  await service.close();
});
