import { expect, test } from "vitest";
import { atOnce } from "../src/at-once.ts";

test("only so many run at once, in the order in which they came, whatever becomes of them", async () => {
  const line = atOnce(2);
  const begun: number[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const all = Array.from({ length: 5 }, (_, index) =>
    line.run(async () => {
      begun.push(index);
      const end = Promise.withResolvers<void>();
      ends.push(end);
      await end.promise;
      return index;
    }),
  );
  expect([begun, line.count()]).toEqual([[0, 1], 5]);
  ends[0]?.reject(new Error("failed"));
  await expect(all[0]).rejects.toThrow("failed");
  await Promise.resolve();
  expect([begun, line.count()]).toEqual([[0, 1, 2], 4]);
  for (let index = 1; index < 5; index++) {
    ends[index]?.resolve();
    expect(await all[index]).toBe(index);
  }
  expect([begun, line.count()]).toEqual([[0, 1, 2, 3, 4], 0]);
});
