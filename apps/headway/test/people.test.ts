import { Temporal } from "@headway/kernel/time";
import { describe, expect, it } from "vitest";
import { readCsv } from "../src/demo/csv.ts";
import { makePeople, staffList, type Terms } from "../src/demo/people.ts";

const terms: Terms = {
  seed: 1,
  by: Temporal.PlainDate.from("2026-11-01"),
  agreements: ["standard", "contract-hours"],
  weeklyMinutes: [2160, 1500],
  firstNumber: 1,
};
const staffings = [
  { depot: "ALD", drivers: 1_200, qualifications: ["A"] },
  { depot: "KMR", drivers: 800, qualifications: ["C1", "C2"] },
];

describe("people", () => {
  const people = makePeople(staffings, terms);

  it("have numbers of their own, at the depots that asked for them", () => {
    expect(new Set(people.map(({ number }) => number)).size).toBe(2_000);
    expect(people.filter(({ depot }) => depot === "KMR")).toHaveLength(800);
  });

  it("are hired in time, most of them for full time", () => {
    expect(people.every(({ hiredOn }) => Temporal.PlainDate.compare(hiredOn, terms.by) <= 0)).toBe(true);
    const fullTime = people.filter(({ weeklyMinutes }) => weeklyMinutes === 2160).length;
    expect(fullTime).toBeGreaterThan(1_600);
    expect(fullTime).toBeLessThan(2_000);
  });

  it("have hundreds of names, and nobody without one", () => {
    expect(people.every(({ givenName, familyName }) => givenName !== "" && familyName !== "")).toBe(true);
    expect(new Set(people.map(({ givenName, familyName }) => `${givenName} ${familyName}`)).size).toBeGreaterThan(
      1_200,
    );
  });

  it("are the same people whoever else is hired", () => {
    const fewer = makePeople([{ depot: "ALD", drivers: 10, qualifications: ["A"] }], terms);
    expect(fewer).toEqual(people.slice(0, 10));
  });

  it("stand on a staff list that reads back", () => {
    const rows = readCsv(staffList(people, "EUR"));
    expect(rows).toHaveLength(2_000);
    expect(rows[0]).toMatchObject({ number: "00001", depot: "ALD", currency: "EUR", qualifications: "A" });
    expect(rows.at(-1)?.qualifications).toBe("C1;C2");
  });
});
