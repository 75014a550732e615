import { newId } from "@headway/kernel/ids";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Caller } from "../src/caller.ts";
import { inwardTokens } from "../src/tokens.ts";

const secret = "a secret that only tests know, long enough";
const caller: Caller = { kind: "person", user: newId(), session: "s", employee: null, grants: [] };
const invalid = { kind: "denied", slug: "token.invalid" };

beforeEach(() => void vi.useFakeTimers({ toFake: ["Date"] }));
afterEach(() => void vi.useRealTimers());

test("a token is proved once, and good for as long as it says", async () => {
  const token = await inwardTokens(secret).sign(caller);
  const tokens = inwardTokens(secret);
  for (let again = 0; again < 3; again++) expect(await tokens.verify(token)).toEqual(caller);
  vi.advanceTimersByTime(59_000);
  expect(await tokens.verify(token)).toEqual(caller);
  // A minute, and what clocks may differ by.
  vi.advanceTimersByTime(7_000);
  await expect(tokens.verify(token)).rejects.toMatchObject(invalid);
});

test("what differs from a proved token in one character is refused", async () => {
  const tokens = inwardTokens(secret);
  const token = await tokens.sign(caller);
  await tokens.verify(token);
  for (const place of [10, token.indexOf(".") + 5, token.lastIndexOf(".") + 5]) {
    const other = token[place] === "A" ? "B" : "A";
    await expect(tokens.verify(token.slice(0, place) + other + token.slice(place + 1))).rejects.toMatchObject(invalid);
  }
});

test("a token of another secret is refused, whatever was proved before", async () => {
  const tokens = inwardTokens(secret);
  await tokens.verify(await tokens.sign(caller));
  const forged = await inwardTokens("another secret that is long enough as well").sign(caller);
  for (let again = 0; again < 2; again++) await expect(tokens.verify(forged)).rejects.toMatchObject(invalid);
});
