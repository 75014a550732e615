import { create } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import { Temporal } from "@headway/kernel/time";
import { expect, test } from "vitest";
import { toInstant, toTimestamp } from "../src/instant.ts";

test.each(["2026-11-21T08:00:00.123456789Z", "1969-12-31T23:59:59.5Z", "1970-01-01T00:00:00Z"])(
  "%s is the same after a journey as a Timestamp",
  (text) => {
    const at = Temporal.Instant.from(text);
    expect(toInstant(toTimestamp(at), "at").equals(at)).toBe(true);
  },
);

test.each([10n ** 15n, -(10n ** 15n), 253_402_300_800n])("%s seconds are refused, not an internal error", (seconds) => {
  expect(() => toInstant(create(TimestampSchema, { seconds }), "at")).toThrow(
    expect.objectContaining({ kind: "invalid", slug: "field.not-an-instant" }) as Error,
  );
});

test("a Timestamp that is not there is refused", () => {
  expect(() => toInstant(undefined, "at")).toThrow(expect.objectContaining({ slug: "field.empty" }) as Error);
});
