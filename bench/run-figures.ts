import { readFlags, say } from "./frame/command.ts";
import { brokenLine, type Figure, type FigureLine, toLine } from "./frame/figure.ts";
import { machine } from "./frame/machine.ts";
import { oneByOne } from "./frame/one-by-one.ts";
import { figureTable } from "./frame/table.ts";

/** Each is loaded when it is run: what one needs does not weigh on the others. */
const figures: Readonly<Record<string, () => Promise<Figure>>> = {
  memory: async () => (await import("./figures/memory.ts")).memory,
  import: async () => (await import("./figures/import.ts")).bigImport,
  relay: async () => (await import("./figures/relay.ts")).relay,
  consumer: async () => (await import("./figures/consumer.ts")).consumer,
  gcra: async () => (await import("./figures/gcra.ts")).gcra,
  connect: async () => (await import("./figures/connect.ts")).connect,
  overtime: async () => (await import("./figures/overtime.ts")).overtime,
  assign: async () => (await import("./figures/assign.ts")).assign,
  growth: async () => (await import("./figures/growth.ts")).growth,
  morning: async () => (await import("./figures/morning.ts")).morning,
};

const { json, only, seed, times } = readFlags(process.argv, {
  name: "npm run bench --",
  description: "Measures Headway, each figure beside its peer or floor in the same run.",
  names: Object.keys(figures),
  times: "repeats",
  timesText: "how often each is measured; 3 where it is not said",
});

const lines = await oneByOne<FigureLine>(
  only,
  async (name) => ((await (await figures[name]?.())?.({ repeats: times ?? 3, seed, say })) ?? []).map(toLine),
  brokenLine,
);

process.stdout.write(
  json ? `${JSON.stringify(lines, null, 2)}\n` : `${[...machine(), "", figureTable(lines)].join("\n")}\n`,
);
for (const { name, note } of lines) if (note !== null && !json) process.stdout.write(`${name}: ${note}\n`);
process.exit(lines.some(({ holds }) => holds === false) ? 1 : 0);
