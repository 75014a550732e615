import type { DutyId } from "@headway/kernel/ids";
import { describe, expect, test } from "vitest";
import type { Assignment } from "../../src/model/assignment.ts";
import { matchSigning } from "../../src/model/match-signing.ts";
import type { SigningKind } from "../../src/model/signing.ts";
import { aDuty, anAssignment, aSigning, at, type someDriver } from "./given.ts";

const duty = (id: string, starts: string, ends: string, assignment: Partial<Assignment> = {}) =>
  aDuty({
    id: id as DutyId,
    plan: { starts: at(starts), ends: at(ends), pieces: [] },
    state: assignment.signedOn ? "in-progress" : "published",
    assignments: [anAssignment(assignment)],
  });
const match = (duties: ReturnType<typeof aDuty>[], kind: SigningKind, time: string) =>
  matchSigning(duties, aSigning(kind, at(time)))?.id ?? null;

describe("a sign-on that names no duty", () => {
  const morning = duty("morning", "05:00", "09:00");
  const noon = duty("noon", "09:15", "13:00");

  test.each([
    ["04:29", "morning"],
    ["04:30", "morning"],
    ["06:00", "morning"],
    ["08:50", "noon"],
    ["09:30", "noon"],
    ["13:00", null],
  ])("at %s is for %s", (time, id) => {
    expect(match([noon, morning], "sign-on", time)).toBe(id);
  });

  test("is for none that starts more than half a day later", () => {
    expect(match([duty("evening", "17:00", "23:00")], "sign-on", "04:59")).toBeNull();
    expect(match([duty("evening", "17:00", "23:00")], "sign-on", "05:00")).toBe("evening");
  });

  test("goes to the duty that can take it, though another is nearer", () => {
    const done = duty("done", "09:00", "09:10", { state: "signed-off", signedOn: at("09:00") });
    expect(match([done, noon], "sign-on", "09:05")).toBe("noon");
  });

  test("pressed twice is for the duty that has it", () => {
    expect(
      match([duty("mine", "05:00", "09:00", { state: "signed-on", signedOn: at("04:55") })], "sign-on", "04:56"),
    ).toBe("mine");
  });

  test("is for nobody else's duty", () => {
    expect(
      match([duty("other", "05:00", "09:00", { driver: "d2" as typeof someDriver })], "sign-on", "05:00"),
    ).toBeNull();
  });
});

describe("a sign-off that names no duty", () => {
  const early = duty("early", "05:00", "09:00", { state: "signed-off", signedOn: at("05:00") });
  const late = duty("late", "09:15", "13:00", { state: "signed-on", signedOn: at("09:10") });

  test("is for the duty under way", () => expect(match([early, late], "sign-off", "13:01")).toBe("late"));
  test("is for none that was signed on later", () => expect(match([late, early], "sign-off", "09:05")).toBe("early"));
  test("finds the duty that the system signed off", () => {
    const forgot = duty("forgot", "05:00", "09:00", { state: "signed-off-by-system", signedOn: at("05:00") });
    expect(match([forgot], "sign-off", "14:00")).toBe("forgot");
  });
  test("without any duty is for none", () => expect(match([], "sign-off", "13:01")).toBeNull());
});
