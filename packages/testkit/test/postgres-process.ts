import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

type Report = { readonly url: string; readonly pid: number; readonly error?: string };

/** Another process that starts PostgreSQL in the folder, and what it says of it. */
export const postgresProcess = async (
  folder: string,
  mode: "hang" | "leave" | "as-nobody",
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ child: ChildProcess; report: Report }> => {
  const program = fileURLToPath(new URL("process-that-starts-postgres.ts", import.meta.url));
  const child = spawn(process.execPath, [program, folder, mode], { env, stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  return { child, report: JSON.parse(String(line)) };
};

/** Ends the process as a crash would. */
export const killed = async (child: ChildProcess): Promise<void> => {
  child.kill("SIGKILL");
  await once(child, "exit");
};
