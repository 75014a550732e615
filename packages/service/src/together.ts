import type { Bus } from "@headway/messaging/bus";
import type { Hosted } from "./host-service.ts";
import type { StopStep } from "./life.ts";

/**
 * Starts the services of one process, in their order. All hear before the first one publishes: what an earlier process
 * left behind goes out at once, and what the in-process bus hands to nobody is gone.
 */
export const startTogether = async (services: readonly Pick<Hosted, "listen" | "start">[]): Promise<void> => {
  await Promise.all(services.map((each) => each.listen()));
  for (const each of services) await each.start();
};

/** How they stop once no more requests come: nobody publishes or works any more, then nothing arrives, then the pools close. */
export const stopTogether = (
  services: readonly Pick<Hosted, "rest" | "stop">[],
  bus: Pick<Bus, "close">,
): readonly StopStep[] => [
  { name: "work", stop: async () => void (await Promise.all(services.map((each) => each.rest()))) },
  { name: "bus", stop: bus.close },
  { name: "services", stop: async () => void (await Promise.all(services.map((each) => each.stop()))) },
];
