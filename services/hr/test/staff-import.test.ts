import { ImportState } from "@headway/contracts/gen/headway/hr/v1/staff_import_service_pb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { givenPeople, longestImport, type People } from "./given-people.ts";

const header =
  "number,given_name,family_name,depot,hired_on,agreement,weekly_minutes,hourly_rate,currency,qualifications";
const row = (number: string, given = "Yusuf") =>
  `${number},${given},Adeyemi,NORTH,2026-01-01,standard,2400,31.50,EUR,L1;L2`;
const list = (...rows: readonly string[]) => [header, ...rows].join("\n");

let given: People;
beforeAll(async () => {
  given = await givenPeople();
});
afterAll(() => given.service.close());

const eventTypes = async () => (await given.service.recorded()).map(({ type }) => type);

test("good rows are hired, bad rows are named by row and field, and stop nobody else", async () => {
  const report = await given.take(
    list(
      row("100"),
      row("101").replace("2026-01-01", "01/02/2026"),
      row("100"),
      row("102", "=HYPERLINK(1)"),
      row("103").replace("NORTH", "SOUTH"),
      "",
      ",,,,,,,,,",
      row("104"),
      row("105", "Yu\u202esuf"),
      row("106").replace("L2", "L\u200b2"),
      row("107").replace("2400", ""),
      row(" 10\u00ad8 "),
      row("109", "Y".repeat(201)),
    ),
  );
  expect(report).toMatchObject({ state: ImportState.DONE, rows: 11, rowsDone: 11, hired: 2, changed: 0, bad: 9 });
  expect(report.findings.map(({ row, field, slug }) => [row, field, slug])).toEqual([
    [3, "hired_on", "field.not-a-date"],
    [4, "number", "staff.number-twice"],
    [5, "given_name", "field.formula"],
    [6, "depot", "depot.unknown"],
    [10, "given_name", "field.hidden-character"],
    [11, "qualifications", "field.hidden-character"],
    [12, "weekly_minutes", "field.empty"],
    [13, "number", "field.hidden-character"],
    [14, "given_name", "field.too-long"],
  ]);
  expect(report.findings[4]?.message).toContain("U+202E");
});

test("the same file twice changes nothing and tells nothing, however its accents are composed", async () => {
  await given.take(list(row("200", "José"), row("2é1")));
  const before = await eventTypes();
  const again = await given.take(list(row("200", "Jose\u0301"), row("2e\u03011")).replaceAll("\n", "\r\n"));
  expect(again).toMatchObject({ hired: 0, changed: 0, unchanged: 2, bad: 0 });
  expect(await eventTypes()).toEqual(before);
});

test("a changed row changes the person: new terms are dated, the old stay", async () => {
  await given.take(list(row("300")));
  expect(await given.take(list(row("300").replace("31.50", "33.00")))).toMatchObject({ changed: 1 });
  const { employees } = await given.people.listEmployees({ matching: "300" });
  const { employee } = await given.people.getEmployee({ employeeId: employees[0]?.id ?? "" });
  expect(employee?.contracts.map(({ hourlyRateMinor, validFrom }) => [hourlyRateMinor, validFrom])).toEqual([
    [3150n, "2026-01-01"],
    [3300n, "2026-11-21"],
  ]);
});

test("a row that changes much is one change of the person, and new terms hold from today where they report", async () => {
  await given.openDepot("HONOLULU", "Pacific/Honolulu");
  await given.take(list(row("310")));
  const changed = row("310", "Josef").replace("31.50", "33.00").replace("NORTH", "HONOLULU").replace("L2", "L3");
  expect(await given.take(list(changed))).toMatchObject({ changed: 1, bad: 0 });
  const { employees } = await given.people.listEmployees({ matching: "310" });
  const { employee } = await given.people.getEmployee({ employeeId: employees[0]?.id ?? "" });
  expect(employee).toMatchObject({ version: 2, givenName: "Josef" });
  // At 08:00 UTC it is still the day before there.
  expect(employee?.contracts.map(({ validFrom }) => validFrom)).toEqual(["2026-01-01", "2026-11-20"]);
  expect(employee?.qualifications.find(({ code }) => code === "L3")?.validFrom).toBe("2026-11-20");
  expect(await given.told(employees[0]?.id ?? "")).toEqual(
    expect.arrayContaining(["EmployeeMoved", "ContractChanged"]),
  );
});

test("a qualification that a row names no more stays", async () => {
  await given.take(list(row("320")));
  expect(await given.take(list(row("320").replace("L1;L2", "L1")))).toMatchObject({ changed: 0, unchanged: 1 });
});

test("another first day than the known one is named, and changes nothing", async () => {
  await given.take(list(row("330")));
  const report = await given.take(list(row("330", "Josef").replace("2026-01-01", "2026-02-01"), row("331")));
  expect(report).toMatchObject({ hired: 1, changed: 0, unchanged: 0, bad: 1 });
  expect(report.findings).toMatchObject([{ row: 2, field: "hired_on", slug: "staff.other-first-day" }]);
  expect(report.findings[0]?.message).toContain("2026-01-01");
  const { employees } = await given.people.listEmployees({ matching: "330" });
  expect(employees).toMatchObject([{ hiredOn: "2026-01-01", givenName: "Yusuf", version: 1 }]);
});

test("Latin-1 bytes are named, not taken for a name", async () => {
  const report = await given.take(Buffer.from(list(row("400", "Jos\u00e9")), "latin1"));
  expect(report).toMatchObject({ hired: 0, bad: 1 });
  expect(report.findings[0]).toMatchObject({ row: 2, field: "given_name", slug: "field.not-utf-8" });
});

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

test.each([
  ["other columns", "number,name\n1,2", /Missing: given_name.*Unknown: name/],
  ["an open quote", `${header}\n"1,2`, /^The file is no CSV. A quote in line 2 /],
  [
    "a zip's bytes, as a spreadsheet saves it",
    bytes("PK", [3, 4, 20, 0, 6, 0, 8, 0], "\n\u0007"),
    /^This is not a text/,
  ],
  ["a picture's bytes", bytes([0x89], "PNG\r\n", [0x1a, 0x0a, 0, 0, 0, 13], "IHDR"), /^This is not a text/],
  ["UTF-16", Buffer.from(`\ufeff${header}\n`, "utf16le"), /^This is not a text/],
  ["bytes and a quote", bytes(`${header}\n"1"`, [2, 0xff], "x"), /^The file is no CSV. A quote in line 2 /],
  ["one endless name", "x".repeat(100_000), /Unknown: x{40}\.$/],
])("a file with %s fails whole, and says why in words", async (_what, content, reason) => {
  expect(await given.take(content)).toMatchObject({
    state: ImportState.FAILED,
    reason: expect.stringMatching(reason) as string,
  });
});

test(
  "a metro's drivers are listed by pages, each once",
  async () => {
    const numbers = Array.from({ length: 2150 }, (_, index) => `M${String(index).padStart(4, "0")}`);
    await given.take(list(...numbers.map((number) => row(number, "Metro"))));
    const pages = await given.pages({ matching: "Metro" });
    expect(pages.flat()).toEqual(numbers);
    expect(Math.max(...pages.map(({ length }) => length))).toBeLessThanOrEqual(500);
    expect((await given.pages({ matching: "Metro", size: 500 })).map(({ length }) => length)).toEqual([
      500, 500, 500, 500, 150,
    ]);
  },
  longestImport,
);

test(
  "100,000 rows go through",
  async () => {
    const rows = Array.from({ length: 100_000 }, (_, index) => row(`B${String(index).padStart(6, "0")}`));
    const report = await given.take(list(...rows));
    expect(report).toMatchObject({ rows: 100_000, rowsDone: 100_000, hired: 100_000, bad: 0 });
  },
  longestImport,
);
