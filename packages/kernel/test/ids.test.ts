import { expect, test } from "vitest";
import { newId, parseId } from "../src/ids.ts";

test("ids are UUIDv7, all different, and grow within the process", () => {
  const ids = Array.from({ length: 20_000 }, () => newId());
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
});

test("what is no id is refused with the field's name", () => {
  expect(() => parseId("42", "dutyId")).toThrow(
    expect.objectContaining({ kind: "invalid", findings: [expect.objectContaining({ field: "dutyId" })] }) as Error,
  );
});
