import { answerOf, type Headway, once } from "../rehearse/headway.ts";

type Say = (line: string) => void;

/** What each service has recorded and handled in the last seven days, has yet to publish, and has set aside. */
export const showEventFlow = async (headway: Headway, say: Say): Promise<void> => {
  const { items } = answerOf(await headway.GET("/operations/event-flow"));
  say("service        recorded  unpublished  handled  parked");
  for (const { service, recorded, unpublished, consumed, parked } of items) {
    const sum = (counts: readonly { readonly count: number }[]) => counts.reduce((all, { count }) => all + count, 0);
    const figures = [sum(recorded), unpublished, sum(consumed), parked];
    say(
      `${service.padEnd(13)}${figures.map((figure, index) => String(figure).padStart([10, 13, 9, 8][index] ?? 8)).join("")}`,
    );
  }
};

/** Events that could not be handled, with their reasons; answers how many. */
export const showParkedEvents = async (headway: Headway, say: Say): Promise<number> => {
  const { items } = answerOf(await headway.GET("/operations/parked-events", { params: { query: { limit: 500 } } }));
  if (items.length === 0) say("No event is parked.");
  for (const { service, consumer, type, aggregateId, reason, parkedAt } of items)
    say(`${parkedAt}  ${service}  ${consumer}  ${type} of ${aggregateId}  ${reason ?? "waits behind an earlier one"}`);
  if (items.length > 0) say("\nMend what stands in their way, then: headway events replay SERVICE CONSUMER");
  return items.length;
};

export type Replay = { readonly service: string; readonly consumer: string; readonly aggregate: string | null };

/** Handles parked events again, in order; answers how many are still parked. */
export const replayParkedEvents = async (
  headway: Headway,
  { service, consumer, aggregate }: Replay,
  say: Say,
): Promise<number> => {
  const { handled, stillParked } = answerOf(
    await headway.POST("/operations/parked-events/replay", {
      params: { header: once() },
      body: { service, consumer, ...(aggregate === null ? {} : { aggregateId: aggregate }) },
    }),
  );
  say(`${handled} handled, ${stillParked} still parked.`);
  return stillParked;
};

/** Makes all read models anew from the services' logs. */
export const rebuildReports = async (headway: Headway, say: Say): Promise<void> => {
  const { events } = answerOf(await headway.POST("/reports/rebuild", { params: { header: once() } }));
  say(`The read models were made anew from ${events.toLocaleString("en-GB")} events.`);
};
