import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { lazy } from "@headway/kernel/lazy";
import { type HeadwayChild, startChild } from "headway/host/child";
import { connect } from "headway/rehearse/headway";
import type { ServiceName } from "../../audit/databases.ts";
import { postgresOf } from "../../frame/postgres-of.ts";
import { type Line, newLine } from "../single-process/line.ts";
import { makeWorld, type World } from "../single-process/world.ts";
import { type WorkedWeeks, workWeeks } from "./worked-weeks.ts";

/** A Headway with a world in it, whose services can be killed. */
export type Installation = {
  readonly line: Line;
  readonly world: World;
  /** Made when they are first asked for, which takes a while. */
  readonly workedWeeks: () => Promise<WorkedWeeks>;
  readonly key: string;
  readonly url: () => string;
  readonly postgresUrl: () => Promise<string>;
  readonly brokers: () => Promise<readonly string[] | null>;
  /** Kills the process of a service with SIGKILL. In the single process, that is all of them. */
  readonly kill: (service: ServiceName) => Promise<void>;
  /** Waits until what was killed is there again. In the single process, starts it. */
  readonly revive: () => Promise<void>;
  readonly end: () => Promise<void>;
};

export type Way = "single process" | "ten processes";

const commands: Readonly<Record<Way, string>> = { "single process": "start", "ten processes": "stack" };

/** In a folder of its own. */
export const install = async (way: Way, folder: string): Promise<Installation> => {
  const asked = [commands[way], "--empty", "--rehearsal"];
  const first = await startChild({ folder, asked });
  let child: HeadwayChild = first;
  const end = (): Promise<void> => child.end("SIGTERM");
  const line = newLine();
  const dead: { service: ServiceName; pid: number }[] = [];
  try {
    const world = await makeWorld(connect(first.url, first.key), first.url, folder);
    line.open(first.url, first.key);
    const single = {
      async kill() {
        line.cut();
        await child.end("SIGKILL");
      },
      async revive() {
        child = await startChild({ folder, asked });
        line.open(child.url, first.key);
      },
      brokers: async () => null,
    };
    const stack = {
      async kill(service: ServiceName) {
        const pid = await pidOf(service, first.pid);
        dead.push({ service, pid });
        process.kill(pid, "SIGKILL");
      },
      async revive() {
        for (const { service, pid } of dead.splice(0)) await untilAnother(service, first.pid, pid);
      },
      brokers: () => brokersOf(folder),
    };
    return {
      line,
      world,
      workedWeeks: lazy(() => workWeeks(connect(child.url, first.key), line)),
      key: first.key,
      url: () => child.url,
      postgresUrl: () => postgresOf(folder),
      end,
      ...(way === "single process" ? single : stack),
    };
  } catch (error) {
    await end();
    throw error;
  }
};

const brokersOf = async (folder: string): Promise<readonly string[]> => {
  const settings = await readFile(join(folder, "kafka", "server.properties"), "utf8");
  const broker = /^advertised\.listeners=\w+:\/\/([\w.]+:\d+)/m.exec(settings)?.[1];
  if (broker === undefined) throw new Error("Where Kafka listens is not in its settings.");
  return [broker];
};

/** The process of a service that the stack has started; -1 where there is none just now. */
const findPid = async (service: ServiceName, stack: number): Promise<number> => {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const [words, status] = await Promise.all(
      ["cmdline", "status"].map((file) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "")),
    );
    if (words?.includes(`/services/${service}/src/main.ts`) && status?.includes(`\nPPid:\t${stack}\n`))
      return Number(pid);
  }
  return -1;
};

const pidOf = async (service: ServiceName, stack: number): Promise<number> => {
  const pid = await findPid(service, stack);
  if (pid < 0) throw new Error(`${service} has no process.`);
  return pid;
};

/** Milliseconds until a service that was killed must be there again. */
const patience = 60_000;

const untilAnother = async (service: ServiceName, stack: number, before: number): Promise<void> => {
  for (const until = performance.now() + patience; performance.now() < until; await pause(100)) {
    const pid = await findPid(service, stack);
    if (pid > 0 && pid !== before) return;
  }
  throw new Error(`${service} was not started again.`);
};
