import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { serviceNames } from "@headway/contracts/services";
import type { Figure, FigureSettings, Measurement } from "../frame/figure.ts";
import { inFolder } from "../frame/in-folder.ts";
import { highestMiB, processorSeconds, residentMiB } from "../frame/machine.ts";
import { type StartedByCommand, startByCommand } from "./memory/command.ts";

/** Milliseconds until a process that has started is idle. */
const settles = 20_000;
const bareSettles = 1_000;
const demoPatience = 400_000;
/** At rest is what takes less than this part of a processor over so many milliseconds. */
const rest = { cores: 0.1, ms: 10_000 };

/** Memory at rest and time to the first page, of Headway as its users start it, beside a Node that does nothing. */
export const memory: Figure = async (settings) => {
  // The first start after a change of the sources compiles them; what that takes is not what a service takes.
  await inFolder(async (folder) => (await startByCommand(["stack", "--empty"], folder)).end());
  const repeats: Repeat[] = [];
  for (let repeat = 0; repeat < settings.repeats; repeat++) repeats.push(await once(settings));
  const bare = repeats.map((each) => each.bare);
  return [
    ...serviceNames.map((name) => ofService(name, repeats, bare)),
    {
      name: "all ten in one process, with the demo metro",
      unit: "MiB",
      goal: { of: "ours", is: "at most", value: 400 },
      ours: repeats.map(({ single }) => single),
      peer: { name: "bare Node", values: bare },
      note: "Resident memory of the process, without PostgreSQL, once the demo has caught up with the present and planned the week to come.",
    },
    {
      name: "all ten in one process, the most while the demo metro is made",
      unit: "MiB",
      goal: null,
      ours: repeats.map(({ most }) => most),
      peer: null,
    },
    ...firstPages(repeats),
  ];
};

type Repeat = {
  readonly bare: number;
  readonly services: ReadonlyMap<string, number>;
  readonly single: number;
  readonly most: number;
  readonly coldMs: number;
  readonly warmMs: number;
};

const once = async ({ say }: FigureSettings): Promise<Repeat> => {
  const bare = await bareNode();
  const services = await inFolder((folder) => stackAtRest(folder));
  say(
    `bare Node ${bare.toFixed(0)} MiB, services ${[...services].map(([name, each]) => `${name} ${each.toFixed(0)}`).join(", ")}`,
  );
  const found = await inFolder(async (folder) => {
    const cold = await withDemo(folder);
    const warm = await startByCommand(["start"], folder);
    await warm.end();
    return { ...cold, warmMs: warm.firstPageMs };
  });
  say(
    `single process ${found.single.toFixed(0)} MiB, first page ${found.coldMs.toFixed(0)} ms cold, ${found.warmMs.toFixed(0)} ms warm`,
  );
  return { bare, services, ...found };
};

const bareNode = async (): Promise<number> => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  await pause(bareSettles);
  const resident = residentMiB(child.pid ?? 0);
  child.kill("SIGKILL");
  return resident;
};

const stackAtRest = async (folder: string): Promise<ReadonlyMap<string, number>> => {
  const stack = await startByCommand(["stack", "--empty"], folder);
  await pause(settles);
  const resident = serviceNames.map((name) => [name, residentOf(stack, `services/${name}/src/main.ts`)] as const);
  await stack.end();
  return new Map(resident);
};

const withDemo = async (folder: string): Promise<Pick<Repeat, "single" | "most" | "coldMs">> => {
  const headway = await startByCommand(["start"], folder, { NODE_COMPILE_CACHE: join(folder, "compiled") });
  const until = performance.now() + demoPatience;
  while (!(await isLiving(folder))) {
    if (performance.now() > until) throw new Error("The demo metro did not catch up with the present.");
    await pause(500);
  }
  const pid = pidOf(headway, "apps/headway/src/main.ts");
  await untilAtRest(pid, until);
  const [single, most] = [residentMiB(pid), highestMiB(pid)];
  await headway.end();
  return { single, most, coldMs: headway.firstPageMs };
};

// The demo says that it lives, and then plans the week to come.
const untilAtRest = async (pid: number, until: number): Promise<void> => {
  for (let took = Number.POSITIVE_INFINITY; took > (rest.cores * rest.ms) / 1000; ) {
    if (performance.now() > until) throw new Error("The demo metro did not come to rest.");
    const before = processorSeconds(pid);
    await pause(rest.ms);
    took = processorSeconds(pid) - before;
  }
  await pause(settles);
};

const isLiving = async (folder: string): Promise<boolean> =>
  (await readFile(join(folder, "demo.json"), "utf8").catch(() => "")).includes('"living"');

const pidOf = ({ processes }: StartedByCommand, source: string): number => processes().get(source) ?? 0;

const residentOf = (started: StartedByCommand, source: string): number => residentMiB(pidOf(started, source));

const ofService = (name: string, repeats: readonly Repeat[], bare: readonly number[]): Measurement => ({
  name: `${name} at rest`,
  unit: "MiB",
  goal: { of: "ratio", is: "at most", value: 2.5 },
  ours: repeats.map(({ services }) => services.get(name) ?? Number.NaN),
  peer: { name: "bare Node", values: bare },
});

const firstPages = (repeats: readonly Repeat[]): Measurement[] => [
  {
    name: "first page, cold",
    unit: "ms",
    goal: null,
    ours: repeats.map(({ coldMs }) => coldMs),
    peer: null,
    note: "From the command to the page, on an empty data folder and without compiled sources; packages are installed.",
  },
  {
    name: "first page, warm",
    unit: "ms",
    goal: null,
    ours: repeats.map(({ warmMs }) => warmMs),
    peer: null,
    note: "The second time, on the data of the demo metro.",
  },
];
