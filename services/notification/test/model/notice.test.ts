import type { EmployeeId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { expect, test } from "vitest";
import { acknowledge, deliver, type News, type NoticeId } from "../../src/model/notice.ts";

const at = Temporal.Instant.from("2026-11-20T08:00:00Z");
const news: News = {
  employee: "ann" as EmployeeId,
  kind: "duty-assigned",
  subject: "u1",
  occasion: "a1",
  serviceDate: null,
  at,
};

test("a notice waits until it is acknowledged, and then stays as it was seen first", () => {
  const notice = deliver(news, "n1" as NoticeId);
  expect([notice.acknowledgedAt, notice.version]).toEqual([null, 1]);
  const seen = acknowledge(notice, at.add({ hours: 1 }));
  expect([seen.acknowledgedAt, seen.version]).toEqual([at.add({ hours: 1 }), 2]);
  expect(acknowledge(seen, at.add({ hours: 2 }))).toBe(seen);
});
