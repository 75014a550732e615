import { answerOf, type Headway, once, type Schemas } from "./headway.ts";

/** A depot to be opened, and the codes of the lines that it runs. */
export type DepotPlan = { readonly code: string; readonly name: string; readonly lines: readonly string[] };

const linesPerDepot = 2;
const names = ["Northgate", "Riverside", "Eastfield", "Harbour Road", "Westmoor", "Central Yard"];

/**
 * Shares a feed's lines out to depots: two lines to one, at most six depots, each with about the same number of trips.
 * Hangs on codes and counts alone.
 */
export const planDepots = (lines: readonly { readonly code: string; readonly trips: number }[]): DepotPlan[] => {
  const count = Math.min(names.length, Math.max(1, Math.ceil(lines.length / linesPerDepot)));
  const depots = names
    .slice(0, count)
    .map((name, index) => ({ code: `D${index + 1}`, name, lines: [] as string[], trips: 0 }));
  for (const line of lines.toSorted((a, b) => b.trips - a.trips || (a.code < b.code ? -1 : 1))) {
    const least = depots.reduce((a, b) => (b.trips < a.trips ? b : a));
    least.lines.push(line.code);
    least.trips += line.trips;
  }
  return depots.map(({ code, name, lines: own }) => ({ code, name, lines: own.sort() }));
};

/** Opens the depots and says which lines each of them runs. */
export const openDepots = async (
  headway: Headway,
  feed: Schemas["Feed"],
  plans: readonly DepotPlan[],
): Promise<Schemas["Depot"][]> => {
  const depots: Schemas["Depot"][] = [];
  for (const { code, name } of plans)
    depots.push(
      answerOf(
        await headway.POST("/depots", { params: { header: once() }, body: { code, name, timeZone: feed.timeZone } }),
      ),
    );
  const lines = plans.flatMap(({ lines: own }, index) =>
    own.map((code) => ({ code, depotId: depots[index]?.id ?? "" })),
  );
  answerOf(await headway.PUT("/feeds/{feedId}/lines", { params: { path: { feedId: feed.id } }, body: { lines } }));
  return depots;
};

export const linesOf = async (headway: Headway, feedId: string): Promise<Schemas["Line"][]> =>
  answerOf(await headway.GET("/feeds/{feedId}/lines", { params: { path: { feedId } } })).items;
