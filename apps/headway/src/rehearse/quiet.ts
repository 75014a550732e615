import { setTimeout as pause } from "node:timers/promises";
import { countEvents, type EventFlow } from "./checks.ts";
import { answerOf, type Headway } from "./headway.ts";

/** Milliseconds. */
const between = 40;
const longest = 500;
const patience = 180_000;

const eventFlows = async (headway: Headway): Promise<EventFlow[]> =>
  answerOf(await headway.GET("/operations/event-flow")).items;

/** Waits until every event has reached all who listen and nothing new came of it. Fails when that takes too long. */
export const quiet = async (headway: Headway): Promise<readonly EventFlow[]> => {
  const until = performance.now() + patience;
  let events = -1;
  for (;;) {
    const flows = await eventFlows(headway);
    const waiting = [...unpublished(flows), ...unheard(flows).map(told)];
    if (waiting.length === 0 && countEvents(flows) === events) return flows;
    events = waiting.length === 0 ? countEvents(flows) : -1;
    if (performance.now() > until) throw new Error(`Events do not come to rest: ${waiting.slice(0, 5).join("; ")}.`);
    if (waiting.length > 0) await pause(between);
  }
};

/** Waits until these services have heard all that was told so far, whatever happens elsewhere; `onWaiting` gets what is missing. */
export const heardBy = async (
  headway: Headway,
  services: readonly string[],
  { signal, onWaiting }: { readonly signal?: AbortSignal; readonly onWaiting?: (events: number) => void } = {},
): Promise<void> => {
  for (let wait = between; ; wait = Math.min(2 * wait, longest)) {
    const waiting = unheard(await eventFlows(headway)).filter(({ consumer }) =>
      services.includes(consumer.split(".")[0] ?? ""),
    );
    if (waiting.length === 0) return;
    onWaiting?.(waiting.reduce((sum, { missing }) => sum + missing, 0));
    await pause(wait, undefined, signal ? { signal } : {});
  }
};

type Unheard = { readonly consumer: string; readonly type: string; readonly missing: number };

const unpublished = (flows: readonly EventFlow[]): string[] =>
  flows.filter((flow) => flow.unpublished > 0).map((flow) => `${flow.service} has ${flow.unpublished} unpublished`);

/** Events that are on their way. A parked one will not move by itself: who parks is not waited for, and the last check names it. */
const unheard = (flows: readonly EventFlow[]): Unheard[] => {
  const recorded = new Map(
    flows.flatMap((flow) => flow.recorded.map((one) => [`${one.topic} ${one.type}`, one.count] as const)),
  );
  return flows
    .filter(({ parked }) => parked === 0)
    .flatMap(({ consumed }) => consumed)
    .map(({ consumer, topic, type, count }) => ({
      consumer,
      type,
      missing: (recorded.get(`${topic} ${type}`) ?? 0) - count,
    }))
    .filter(({ missing }) => missing > 0);
};

const told = ({ consumer, type, missing }: Unheard): string => `${consumer} waits for ${missing} ${type}`;
