import { openAsBlob } from "node:fs";
import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { answerOf, type Headway, once, type Schemas } from "./headway.ts";
import type { Phase } from "./progress.ts";

/** A feed that Headway cannot use, with its reasons by file and row. */
export class UnusableFeed extends Error {
  constructor(reasons: readonly string[]) {
    super(["The feed cannot be used:", ...reasons].join("\n  "));
    this.name = "UnusableFeed";
  }
}

/** Milliseconds between two looks at an import. */
const lookEvery = 150;
const mostReasons = 20;

/** Hands in a timetable and waits until it is read. */
export const takeFeed = async (headway: Headway, path: string, phase: Phase): Promise<Schemas["Feed"]> => {
  const zip = await openAsBlob(path, { type: "application/zip" });
  return takeZip(headway, basename(path), zip, phase);
};

/** The same with the zip in memory. */
export const takeZip = async (
  headway: Headway,
  fileName: string,
  zip: Blob,
  phase: Phase,
): Promise<Schemas["Feed"]> => {
  let state = answerOf(
    await headway.POST("/feed-imports", {
      params: { query: { fileName }, header: once() },
      headers: { "Content-Type": "application/zip" },
      body: fileName,
      bodySerializer: () => zip,
    }),
  );
  while (state.state === "running") {
    phase.advance(state.bytesDone, state.bytes, `${state.file ?? ""} ${state.rowsDone.toLocaleString("en-GB")} rows`);
    await pause(lookEvery);
    state = answerOf(await headway.GET("/feed-imports/{importId}", { params: { path: { importId: state.id } } }));
  }
  if (state.state === "failed") throw new UnusableFeed(reasons(state));
  const feeds = answerOf(await headway.GET("/feeds", { params: { query: { limit: 500 } } })).items;
  const feed = feeds.find(({ id }) => id === state.feedId);
  if (!feed) throw new Error("The feed was read, but Headway does not list it.");
  return feed;
};

const reasons = ({ findings }: Schemas["FeedImport"]): string[] => {
  const fatal = findings.filter((finding) => finding.fatal);
  const shown = (fatal.length > 0 ? fatal : findings).slice(0, mostReasons);
  return shown.map(
    ({ file, row, field, message }) =>
      `${[file, ...(row > 0 ? [`row ${row}`] : []), ...(field ? [field] : [])].join(", ")}: ${message}`,
  );
};
