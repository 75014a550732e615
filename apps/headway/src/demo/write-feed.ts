import { writeFile } from "node:fs/promises";
import { parseDate } from "@headway/kernel/time";
import { makeFeed } from "./feed.ts";
import { makeMetro } from "./metro.ts";

/** Writes a timetable of one route of the demo metro to a file: a feed for a rehearsal where there is no other. */
export const writeDemoFeed = async (file: string, from: string): Promise<void> => {
  const metro = makeMetro(1, "Europe/Paris");
  await writeFile(file, await makeFeed(1, { ...metro, routes: metro.routes.slice(-1) }, parseDate(from, "--from")));
};
