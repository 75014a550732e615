import { expect, test } from "vitest";
import { quickStories, sagasOn } from "../faults/sagas.ts";

test("each saga, killed at its first step, is completed or compensated", async () => {
  const line = await sagasOn("single process", { tries: 1, seed: 1, say: () => {} }, quickStories);
  expect(line).toMatchObject({ tries: 4, lost: 0, doubled: 0, findings: [], holds: true });
});
