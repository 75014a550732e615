import type { Span } from "./cut-work.ts";
import type { Duty, Held } from "./duty.ts";
import { answerOf, everyPage, type Headway, once, type Schemas, seen } from "./headway.ts";
import type { Phase } from "./progress.ts";

/** Makes a depot's roster for a span of days: opened, filled as far as is lawful, published. */
export const publishRoster = async (
  headway: Headway,
  depotId: string,
  { from, to }: Span,
): Promise<Schemas["Roster"]> => {
  const draft = answerOf(
    await headway.POST("/rosters", {
      params: { header: once() },
      body: { depotId, firstDay: from.toString(), lastDay: to.toString() },
    }),
  );
  return publishDraft(headway, draft);
};

/** Fills what is open of a draft, as far as is lawful, and publishes it. */
export const publishDraft = async (headway: Headway, draft: Schemas["Roster"]): Promise<Schemas["Roster"]> => {
  const path = { rosterId: draft.id };
  const { roster } = answerOf(
    await headway.POST("/rosters/{rosterId}/fill", { params: { path, header: seen(draft.version) } }),
  );
  return answerOf(
    await headway.POST("/rosters/{rosterId}/publish", { params: { path, header: seen(roster.version) } }),
  );
};

/** Rosters of all depots, one after the other. */
export const publishRosters = async (
  headway: Headway,
  depots: readonly Schemas["Depot"][],
  span: Span,
  phase: Phase,
): Promise<Schemas["Roster"][]> => {
  const rosters: Schemas["Roster"][] = [];
  for (const [done, { id, name }] of depots.entries()) {
    phase.advance(done, depots.length, name);
    rosters.push(await publishRoster(headway, id, span));
  }
  return rosters;
};

export type Assignment = Schemas["Assignment"];

/** What stands in a roster's newest version, open duties too. */
export const assignmentsOf = (headway: Headway, rosterId: string): Promise<Assignment[]> =>
  everyPage(async (page) =>
    answerOf(await headway.GET("/rosters/{rosterId}/assignments", { params: { path: { rosterId }, query: page } })),
  );

/** The drivers on duties; open duties are left out. */
export const heldOf = (assignments: readonly Assignment[], duties: ReadonlyMap<string, Duty>): Held[] =>
  assignments.flatMap(({ dutyId, driverId, driverNumber }) => {
    const duty = duties.get(dutyId);
    return duty && driverId && driverNumber ? [{ duty, driver: driverId, number: driverNumber }] : [];
  });
