import type { Figure, FigureSettings, Measurement } from "../frame/figure.ts";
import { inFolder } from "../frame/in-folder.ts";
import { type AssignStage, setUp } from "./assign/stage.ts";

/** How many call at once. */
const levels = [1, 4, 16] as const;
/** Of each measuring. */
const seconds = 4;

type Rates = { readonly pgbench: number[]; readonly inside: number[]; readonly edge: number[] };

/** Assign a duty, inside the service and through the edge, beside pgbench with the same statements on the same PostgreSQL. */
export const assign: Figure = (settings) =>
  inFolder(async (folder) => {
    const stage = await setUp(folder, settings.say);
    try {
      return await measure(stage, settings);
    } finally {
      await stage.strike();
    }
  });

const measure = async (stage: AssignStage, { repeats, say }: FigureSettings): Promise<readonly Measurement[]> => {
  const rates = new Map(levels.map((clients) => [clients, { pgbench: [], inside: [], edge: [] } as Rates]));
  for (let repeat = 1; repeat <= repeats; repeat++)
    for (const [clients, { pgbench, inside, edge }] of rates) {
      const load = { clients, seconds };
      pgbench.push(await stage.pgbench(load));
      inside.push(await stage.inside(load));
      edge.push(await stage.edge(load));
      const told = [pgbench, inside, edge].map((values) => Math.round(values.at(-1) ?? 0)).join(", ");
      say(`repeat ${repeat}, ${clients} clients: pgbench, inside, edge: ${told} a second`);
    }
  await stage.mustBeWhole();
  return [...rates].flatMap(([clients, { pgbench, inside, edge }]) => {
    const who = clients === 1 ? "1 client" : `${clients} clients`;
    const peer = { name: "pgbench, same statements", values: pgbench };
    const unit = "assignments a second";
    return [
      {
        name: `inside the service, ${who}`,
        unit,
        goal: { of: "ratio", is: "at least", value: 0.55 },
        ours: inside,
        peer,
        ...(clients === levels[0] ? { note: stage.noteInside } : {}),
      },
      {
        name: `through the edge, ${who}`,
        unit,
        goal: { of: "ratio", is: "at least", value: 0.15 },
        ours: edge,
        peer,
        ...(clients === levels[0] ? { note: noteEdge } : {}),
      },
    ];
  });
};

const noteEdge =
  "One process with all ten services, HTTP/1.1 kept alive from a client process of its own, limits raised; every consumer hears each assignment, and its work counts in.";
