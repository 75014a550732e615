import { expect, test } from "vitest";
import { freePorts } from "../src/free-port.ts";

test("no two of so many free ports are the same", async () => {
  for (let times = 0; times < 50; times++) expect(new Set(await freePorts(20)).size).toBe(20);
});
