import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stopOnExit } from "@headway/testkit/stop-on-exit";
import { type HeadwayChild, startChild } from "../host/child.ts";

/** A Headway of its own that is gone afterwards. */
export type Throwaway = { readonly url: string; readonly key: string; readonly end: () => Promise<void> };

/** Starts an empty single-process Headway for a rehearsal, on a free port and in a folder of its own. */
export const startThrowaway = async (): Promise<Throwaway> => {
  const folder = await mkdtemp(join(tmpdir(), "headway-rehearsal-"));
  const starting = startChild({ folder, asked: ["start", "--empty", "--rehearsal", "--fresh"] });
  const remove = async (): Promise<void> => {
    const child: HeadwayChild | null = await starting.catch(() => null);
    await child?.end("SIGTERM");
    await rm(folder, { recursive: true, force: true });
  };
  // The process itself is stopped by who started it.
  const forget = stopOnExit({ stop: remove, stopNow: () => {} });
  const end = async (): Promise<void> => {
    await remove();
    forget();
  };
  try {
    const { url, key } = await starting;
    return { url, key, end };
  } catch (error) {
    await end();
    throw error;
  }
};
