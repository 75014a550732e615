import { setTimeout as pause } from "node:timers/promises";
import { answerOf, type Headway, once, type Schemas } from "./headway.ts";
import type { Phase } from "./progress.ts";

/** Milliseconds between two looks at an import. */
const lookEvery = 150;
const mostReasons = 10;

/** Hands in a staff list and waits until every row of it is hired. Fails when one is not. */
export const hire = async (headway: Headway, list: string, phase: Phase): Promise<Schemas["StaffImport"]> => {
  let state = answerOf(
    await headway.POST("/staff-imports", {
      params: { header: once() },
      headers: { "Content-Type": "text/csv" },
      body: list,
      bodySerializer: (body) => body,
    }),
  );
  while (state.state === "running") {
    phase.advance(state.rowsDone, state.rows, `${state.hired.toLocaleString("en-GB")} hired`);
    await pause(lookEvery);
    state = answerOf(await headway.GET("/staff-imports/{importId}", { params: { path: { importId: state.id } } }));
  }
  if (state.state === "failed") throw new Error(`The staff list was not taken: ${state.reason}`);
  if (state.bad > 0) {
    const rows = state.findings.slice(0, mostReasons).map(({ row, message }) => `row ${row}: ${message}`);
    throw new Error([`${state.bad} rows of the staff list were not taken:`, ...rows].join("\n  "));
  }
  return state;
};
