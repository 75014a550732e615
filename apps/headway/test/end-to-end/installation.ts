import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HeadwayChild, startChild } from "../../src/host/child.ts";

/** A data folder, and the Headways that are started on it one after the other. */
export type Installation = { readonly start: () => Promise<Running>; readonly remove: () => Promise<void> };

/** A Headway that said it is ready. The key is told at the first start only, and empty later. */
export type Running = { readonly url: string; readonly key: string; readonly kill: () => Promise<void> };

export const newInstallation = async (): Promise<Installation> => {
  const folder = await mkdtemp(join(tmpdir(), "headway-kill-"));
  const children: HeadwayChild[] = [];
  return {
    start: async () => {
      const child = await startChild({ folder, asked: ["start", "--empty"] });
      children.push(child);
      return { url: child.url, key: child.key, kill: () => child.end("SIGKILL") };
    },
    remove: async () => {
      for (const child of children) await child.end("SIGTERM");
      await rm(folder, { recursive: true, force: true });
    },
  };
};
