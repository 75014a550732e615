import type { DriverId } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { expect, test } from "vitest";
import { newsOfSwap, type SwapFact, type SwapId } from "../../src/model/swap-news.ts";

const at = Temporal.Instant.from("2026-11-20T08:00:00Z");

const hearersOf = (kind: SwapFact["kind"], accepted = false) => {
  const news = newsOfSwap({
    kind,
    swap: "s1" as SwapId,
    requestedBy: "ann" as DriverId,
    requestedOf: "bob" as DriverId,
    accepted,
    at,
  });
  for (const told of news) expect([told.kind, told.subject]).toEqual([kind, "s1"]);
  return news.map(({ employee }) => employee);
};

test("a swap is news for whoever did not do it", () => {
  expect(hearersOf("swap-requested")).toEqual(["bob"]);
  expect(hearersOf("swap-accepted")).toEqual(["ann"]);
  expect(hearersOf("swap-cancelled", true)).toEqual(["bob"]);
  expect(hearersOf("swap-approved", true)).toEqual(["ann", "bob"]);
});

test("declined by the driver who was asked it is news for the other, by the dispatcher for both", () => {
  expect(hearersOf("swap-declined")).toEqual(["ann"]);
  expect(hearersOf("swap-declined", true)).toEqual(["ann", "bob"]);
});

test("expired, which nobody did, it is news for both, whether they had agreed or not", () => {
  expect(hearersOf("swap-expired")).toEqual(["ann", "bob"]);
  expect(hearersOf("swap-expired", true)).toEqual(["ann", "bob"]);
});
