import { SigningKind } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { newId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { afterAll, beforeAll, expect, test } from "vitest";
import { as, type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";
import { sampleId } from "./sample-message.ts";

let gateway: GatewayUnderTest;
beforeAll(async () => {
  gateway = await gatewayUnderTest();
});
afterAll(() => gateway.close());

const [yesterday, today] = [newId(), newId()];
const at = (time: string) => toTimestamp(Temporal.Instant.from(time));

const held = (dutyId: string, date: string) => ({
  dutyId,
  serviceDate: date,
  runId: date,
  starts: at(`${date}T06:00:00Z`),
  ends: at(`${date}T14:00:00Z`),
});

const nextDuty = async () => {
  const response = await fetch(`${gateway.url}/mobile/v1/me/next-duty`, { headers: as("mobile", "driver.all") });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test("the next duty is the one that dispatch says, as the roster has it", async () => {
  gateway.inside.answers = {
    GetNextDuty: () => ({
      dutyId: today,
      serviceDate: "2026-11-21",
      lastSigning: {
        signingId: newId(),
        driverId: sampleId,
        dutyId: today,
        kind: SigningKind.SIGN_ON,
        at: at("2026-11-21T05:55:00Z"),
      },
    }),
    ListDriverDuties: () => ({ assignments: [held(yesterday, "2026-11-20"), held(today, "2026-11-21")] }),
  };
  expect(await nextDuty()).toMatchObject({
    status: 200,
    body: { duty: { dutyId: today }, lastSigning: { dutyId: today, kind: "sign-on" } },
  });
  expect(gateway.inside.take("ListDriverDuties")).toMatchObject([
    { said: [{ driverId: sampleId, firstDay: "2026-11-21", lastDay: "2026-11-21" }] },
  ]);
});

test("nobody is asked for a duty where dispatch knows of none", async () => {
  gateway.inside.answers = { GetNextDuty: () => ({ dutyId: "", serviceDate: "", lastSigning: undefined }) };
  expect(await nextDuty()).toMatchObject({ status: 200, body: { duty: null, lastSigning: null } });
  expect(gateway.inside.take("ListDriverDuties")).toEqual([]);
});

test("a duty that the roster gives to somebody else meanwhile is not shown", async () => {
  gateway.inside.answers = {
    GetNextDuty: () => ({ dutyId: today, serviceDate: "2026-11-21", lastSigning: undefined }),
    ListDriverDuties: () => ({ assignments: [] }),
  };
  expect(await nextDuty()).toMatchObject({ status: 200, body: { duty: null, lastSigning: null } });
});
