import {
  accountingTopic,
  dispatchTopic,
  hrTopic,
  iamTopic,
  notificationTopic,
  planningTopic,
  schedulingTopic,
} from "@headway/contracts/topics";
import { newId } from "@headway/kernel/ids";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type Operation, operationsOf, readDocument } from "../src/inbound/documents.ts";
import { answerCheckOf } from "../src/inbound/validation.ts";
import { type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";

let gateway: GatewayUnderTest;
const open: WebSocket[] = [];
const listening: Message[][] = [];

const document = readDocument("dispatcher");
const mistakesIn = answerCheckOf("dispatcher", document);
const [live] = operationsOf("dispatcher", document).filter(({ webSocket }) => webSocket) as [Operation];

beforeAll(async () => {
  gateway = await gatewayUnderTest();
});
afterAll(async () => {
  for (const socket of open) socket.terminate();
  for (const message of listening.flat()) expect([message, mistakesIn(live, 101, message)]).toEqual([message, []]);
  await gateway.close();
});

type Message = {
  type: string;
  id: string | null;
  resumed?: boolean;
  dutyId?: string;
  noticeId?: string;
  absenceId?: string;
};
type Listening = { readonly socket: WebSocket; readonly heard: Message[]; readonly closed: Promise<number> };

const listen = async (path: string, headers: Record<string, string>, protocols: string[] = []): Promise<Listening> => {
  const socket = new WebSocket(`${gateway.url.replace("http", "ws")}${path}`, protocols, { headers });
  open.push(socket);
  socket.on("error", () => {});
  const heard: Message[] = [];
  socket.on("message", (data) => heard.push(JSON.parse(String(data)) as Message));
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("unexpected-response", (_request, response) => reject(new Error(String(response.statusCode))));
  });
  await expect.poll(() => heard[0]?.type).toBe("hello");
  listening.push(heard);
  return { socket, heard, closed };
};

const cookie = (credential: string) => ({ cookie: `headway=${credential}` });
const north = newId();
const south = newId();

const signedOn = async (depotId: string, driverId: string = newId(), serviceDate = "2026-11-21") => {
  const dutyId = newId();
  await gateway.service.hear(
    dispatchTopic,
    "DriverSignedOn",
    { depotId, serviceDate, dutyId, assignmentId: newId(), driverId, minutesLate: 1 },
    { aggregate: dutyId },
  );
  return dutyId;
};
const dutiesIn = ({ heard }: Listening) => heard.flatMap(({ dutyId }) => (dutyId ? [dutyId] : []));

test("a console hears of its own depots and roles, and of what it asked for", async () => {
  const [all, ofNorth, onNorth, ofSouth, onAnotherDay, ofPay] = await Promise.all([
    listen("/dispatcher/v1/live", cookie("dispatcher.all")),
    listen("/dispatcher/v1/live", cookie(`dispatcher.${north}`)),
    listen(`/dispatcher/v1/live?depot=${north}&day=2026-11-21`, cookie("dispatcher.all")),
    listen("/dispatcher/v1/live", cookie(`planner.${south}`)),
    listen(`/dispatcher/v1/live?depot=${north}&day=2026-11-22`, cookie("dispatcher.all")),
    listen("/dispatcher/v1/live", cookie("payroll.all")),
  ]);
  const inNorth = await signedOn(north);
  const inSouth = await signedOn(south);
  const onTheOtherDay = await signedOn(north, newId(), "2026-11-22");
  await gateway.service.hear(accountingTopic, "PayPeriodFrozen", { payPeriodId: newId() }, { aggregate: newId() });
  // What comes last to each connection shows that it heard all that was before.
  await expect.poll(() => dutiesIn(all)).toEqual([inNorth, inSouth, onTheOtherDay]);
  await expect.poll(() => dutiesIn(ofNorth)).toEqual([inNorth, onTheOtherDay]);
  await expect.poll(() => dutiesIn(onNorth)).toEqual([inNorth]);
  await expect.poll(() => dutiesIn(ofSouth)).toEqual([inSouth]);
  await expect.poll(() => dutiesIn(onAnotherDay)).toEqual([onTheOtherDay]);
  await expect.poll(() => ofPay.heard.at(-1)?.type).toBe("PayPeriodFrozen");
  expect(dutiesIn(ofPay)).toEqual([]);
});

test("a driver hears of their own, by header or by subprotocol", async () => {
  const me = newId();
  const byHeader = await listen("/mobile/v1/live", { authorization: `Bearer driver.all.${me}` });
  const byProtocol = await listen("/mobile/v1/live", {}, ["headway.v1", `headway.bearer.driver.all.${me}`]);
  expect(byProtocol.socket.protocol).toBe("headway.v1");
  const mine = await signedOn(north, me);
  await signedOn(north);
  const noticeId = newId();
  await gateway.service.hear(
    notificationTopic,
    "NoticeDelivered",
    { noticeId, employeeId: me },
    { aggregate: noticeId },
  );
  await gateway.service.hear(
    notificationTopic,
    "NoticeDelivered",
    { noticeId: newId(), employeeId: newId() },
    { aggregate: newId() },
  );
  for (const { heard } of [byHeader, byProtocol])
    await expect
      .poll(() => heard.slice(1))
      .toEqual([
        expect.objectContaining({ type: "DriverSignedOn", dutyId: mine, driverId: me }),
        expect.objectContaining({ type: "NoticeDelivered", noticeId }),
      ]);
});

test("a publication is told once, not once for every duty", async () => {
  const { heard } = await listen("/dispatcher/v1/live", cookie("planner.all"));
  const rosterId = newId();
  const duty = {
    rosterId,
    depotId: north,
    dutyId: newId(),
    assignmentId: newId(),
    driverId: newId(),
    byPublication: true,
  };
  await gateway.service.hear(schedulingTopic, "DutyAssigned", duty, { aggregate: duty.dutyId });
  await gateway.service.hear(schedulingTopic, "RosterPublished", { rosterId, depotId: north }, { aggregate: rosterId });
  await gateway.service.hear(
    schedulingTopic,
    "DutyAssigned",
    { ...duty, byPublication: false },
    { aggregate: duty.dutyId },
  );
  await expect.poll(() => heard.slice(1).map(({ type }) => type)).toEqual(["RosterPublished", "DutyAssigned"]);
});

test("a swap that lapsed is told to both drivers and the depot's dispatchers, and to nobody else", async () => {
  const [asking, asked, stranger] = [newId(), newId(), newId()];
  const app = (employee: string) => listen("/mobile/v1/live", { authorization: `Bearer driver.all.${employee}` });
  const [mine, theirs, other, console, elsewhere, planner] = await Promise.all([
    app(asking),
    app(asked),
    app(stranger),
    listen("/dispatcher/v1/live", cookie(`dispatcher.${north}`)),
    listen("/dispatcher/v1/live", cookie(`dispatcher.${south}`)),
    listen("/dispatcher/v1/live", cookie("planner.all")),
  ]);
  const swapId = newId();
  await gateway.service.hear(
    schedulingTopic,
    "SwapExpired",
    { swapId, depotId: north, requestedBy: asking, requestedOf: asked },
    { aggregate: swapId },
  );
  // What comes last to each connection shows that it heard all that was before.
  const inNorth = await signedOn(north, stranger);
  const inSouth = await signedOn(south);
  const lapsed = ({ heard }: Listening) => heard.filter(({ type }) => type === "SwapExpired");
  for (const each of [mine, theirs, console])
    await expect.poll(() => lapsed(each)).toEqual([expect.objectContaining({ swapId, depotId: north })]);
  await expect.poll(() => dutiesIn(other)).toEqual([inNorth]);
  await expect.poll(() => dutiesIn(elsewhere)).toEqual([inSouth]);
  await expect.poll(() => dutiesIn(planner)).toEqual([inNorth, inSouth]);
  expect([other, elsewhere, planner].flatMap(lapsed)).toEqual([]);
});

test("an absence is told to its person and in its depot, each time that something becomes of it", async () => {
  const driver = newId();
  const [mine, inNorth, inSouth, onNorth] = await Promise.all([
    listen("/mobile/v1/live", { authorization: `Bearer driver.all.${driver}` }),
    listen("/dispatcher/v1/live", cookie(`hr.${north}`)),
    listen("/dispatcher/v1/live", cookie(`hr.${south}`)),
    listen(`/dispatcher/v1/live?depot=${north}`, cookie("hr.all")),
  ]);
  const tell = async (depotId: string) => {
    const absence = { absenceId: newId(), employeeId: driver, depotId };
    for (const type of ["AbsenceRequested", "AbsenceApproved", "AbsenceCancelled", "AbsenceDenied"] as const)
      await gateway.service.hear(hrTopic, type, absence, { aggregate: absence.absenceId });
    return absence.absenceId;
  };
  const absences = [await tell(north), await tell(south)];
  const told = ({ heard }: Listening) => heard.flatMap(({ absenceId }) => (absenceId ? [absenceId] : []));
  const [ofNorth, ofSouth] = absences.map((absence) => Array<string>(4).fill(absence));
  await expect.poll(() => told(mine)).toEqual([...(ofNorth ?? []), ...(ofSouth ?? [])]);
  await expect.poll(() => told(inNorth)).toEqual(ofNorth);
  await expect.poll(() => told(inSouth)).toEqual(ofSouth);
  await expect.poll(() => told(onNorth)).toEqual(ofNorth);
});

test("a duty that is withdrawn is told in its depot, to whoever listens for its day", async () => {
  const [inNorth, inSouth, onItsDay, onAnother] = await Promise.all([
    listen("/dispatcher/v1/live", cookie(`dispatcher.${north}`)),
    listen("/dispatcher/v1/live", cookie(`dispatcher.${south}`)),
    listen("/dispatcher/v1/live?day=2026-11-21", cookie("dispatcher.all")),
    listen("/dispatcher/v1/live?day=2026-11-22", cookie("dispatcher.all")),
  ]);
  const dutyId = newId();
  const withdrawn = { dutyId, depotId: north, serviceDate: "2026-11-21" };
  await gateway.service.hear(planningTopic, "DutyWithdrawn", withdrawn, { aggregate: dutyId });
  // What comes last to each connection shows that it heard all that was before.
  const later = await signedOn(south, newId(), "2026-11-22");
  await expect.poll(() => dutiesIn(inNorth)).toEqual([dutyId]);
  await expect.poll(() => dutiesIn(onItsDay)).toEqual([dutyId]);
  await expect.poll(() => dutiesIn(inSouth)).toEqual([later]);
  await expect.poll(() => dutiesIn(onAnother)).toEqual([later]);
});

test("who comes back with the last id hears what came meanwhile; with a foreign id they are told to fetch anew", async () => {
  const { heard, socket } = await listen("/dispatcher/v1/live", cookie(`dispatcher.${north}`));
  const first = await signedOn(north);
  await expect.poll(() => heard.at(-1)?.dutyId).toBe(first);
  const last = heard.at(-1)?.id ?? "";
  socket.close();
  const missed = await signedOn(north);
  await signedOn(south);
  const again = await listen(`/dispatcher/v1/live?after=${last}`, cookie(`dispatcher.${north}`));
  await expect.poll(() => dutiesIn(again)).toEqual([missed]);
  expect(again.heard[0]?.resumed).toBe(true);
  const foreign = await listen("/dispatcher/v1/live?after=elsewhere-1", cookie(`dispatcher.${north}`));
  expect(foreign.heard[0]?.resumed).toBe(false);
});

test("a revoked session stops listening at once", async () => {
  const { closed } = await listen("/dispatcher/v1/live", cookie("dispatcher.all"));
  const [session] = gateway.inside.take("ResolveSession");
  expect(session).toBeDefined();
  const user = newId();
  await gateway.service.hear(
    iamTopic,
    "SessionRevoked",
    { userId: user, sessionId: "019348e2-6b1c-7c31-8a44-5f0e1c3b9d20" },
    { aggregate: user },
  );
  expect(await closed).toBe(4401);
});

test.each([
  ["without a session", "/dispatcher/v1/live", {}, "401"],
  ["as a driver on the console", "/dispatcher/v1/live", cookie("driver.all"), "403"],
  ["as a dispatcher in the app", "/mobile/v1/live", { authorization: "Bearer dispatcher.all" }, "403"],
  [
    "from a page of another site",
    "/dispatcher/v1/live",
    { ...cookie("dispatcher.all"), origin: "https://elsewhere.example" },
    "403",
  ],
  ["for another depot", `/dispatcher/v1/live?depot=${newId()}`, cookie(`planner.${newId()}`), "403"],
  ["for a depot that is none", "/dispatcher/v1/live?depot=north", cookie("dispatcher.all"), "400"],
  ["where there is nothing", "/dispatcher/v1/other", cookie("dispatcher.all"), "404"],
])("listening %s is refused", async (_how, path, headers, status) => {
  await expect(listen(path, headers)).rejects.toThrow(status);
});

test("our own page may listen", async () => {
  const { heard } = await listen("/dispatcher/v1/live", { ...cookie("dispatcher.all"), origin: gateway.url });
  expect(heard[0]?.type).toBe("hello");
});

test("one person may have 20 connections at once", async () => {
  const me = { authorization: `Bearer driver.all.${newId()}` };
  const all = await Promise.all(Array.from({ length: 20 }, () => listen("/mobile/v1/live", me)));
  await expect(listen("/mobile/v1/live", me)).rejects.toThrow("429");
  all[0]?.socket.close();
  await all[0]?.closed;
  await expect.poll(() => listen("/mobile/v1/live", me).then(() => "listens", String)).toBe("listens");
});
