import { once } from "node:events";
import { WebSocket } from "ws";
import { idOf } from "../metro/ids.ts";
import { dispatcherSecret } from "./in-iam.ts";

/** A dispatcher's screen, as far as it is told what changes. */
export type Watcher = {
  readonly depot: number;
  /** When each driver's sign-on was told, on the clock of `performance.now`. */
  readonly told: ReadonlyMap<string, number>;
  readonly close: () => void;
};

/** Watches the day of the dispatcher's depot. Ready when Headway has said hello. */
export const watch = async (url: string, dispatcher: number, depots: number, day: string): Promise<Watcher> => {
  const depot = dispatcher % depots;
  const address = new URL(`/dispatcher/v1/live?depot=${idOf("depot", depot)}&day=${day}`, url);
  address.protocol = "ws:";
  const socket = new WebSocket(address, "headway.v1", {
    headers: { cookie: `headway=${dispatcherSecret(dispatcher)}` },
  });
  const told = new Map<string, number>();
  const greeted = once(socket, "message");
  socket.on("message", (data) => {
    const arrived = performance.now();
    const { type, driverId }: { type: string; driverId?: string } = JSON.parse(String(data));
    if (type === "DriverSignedOn" && driverId !== undefined && !told.has(driverId)) told.set(driverId, arrived);
  });
  await greeted;
  return { depot, told, close: () => socket.terminate() };
};
