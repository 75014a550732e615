import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { oneAtATime } from "@headway/kernel/one-at-a-time";
import type { Progress } from "../rehearse/progress.ts";

/** What whoever waits for the demo is told; `share` (0 to 1) of the phase is null where nobody knows. */
type Said =
  | { readonly state: "loading"; readonly phase: string; readonly share: number | null; readonly note: string }
  | { readonly state: "living" };

export type SaidProgress = {
  readonly file: string;
  readonly progress: Progress;
  /** The demo has caught up: what comes now is nothing to wait for. */
  readonly living: () => Promise<void>;
};

/** Progress that is shown, and written to a file as well: the gateway, in whichever process, hands that on. */
export const sayProgress = async (folder: string, shown: Progress): Promise<SaidProgress> => {
  const file = join(folder, "demo.json");
  let said: Said = { state: "loading", phase: "Starting", share: null, note: "" };
  const write = oneAtATime(async () => {
    await writeFile(`${file}.new`, JSON.stringify(said));
    await rename(`${file}.new`, file);
  });
  const say = async (next: Said): Promise<void> => {
    if (said.state === "living") return;
    said = next;
    // Nobody depends on it, and the next word comes soon.
    await write().catch(() => {});
  };
  const phase: Progress["phase"] = (name) => {
    const shownPhase = shown.phase(name);
    void say({ state: "loading", phase: name, share: null, note: "" });
    return {
      ...shownPhase,
      advance(done, total, note = "") {
        shownPhase.advance(done, total, note);
        const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : null;
        void say({ state: "loading", phase: name, share, note });
      },
    };
  };
  await write();
  return { file, progress: { phase }, living: () => say({ state: "living" }) };
};
