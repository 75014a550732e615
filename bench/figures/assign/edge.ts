import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { idOf } from "../metro/ids.ts";
import { closedLoop, type Load } from "./closed-loop.ts";

export type Edge = {
  /** Assignments a second through the integration face. Goes on where the last measuring ended. */
  readonly rate: (load: Load) => Promise<number>;
  readonly close: () => void;
};

/** The edge of a running Headway, called over kept connections with a service account's key; a new idempotency key each time. */
export const edgeOf = (
  headway: { readonly url: string; readonly key: string },
  { drivers, duties }: { readonly drivers: number; readonly duties: number },
): Edge => {
  const agent = new Agent({ keepAlive: true });
  const address = new URL("/integration/v1/assignments", headway.url);
  let next = 0;

  const assign = (duty: number): Promise<void> =>
    new Promise((resolve, reject) => {
      const body = JSON.stringify({ dutyId: idOf("duty", duty), driverId: idOf("driver", duty % drivers) });
      const call = request(address, {
        agent,
        method: "POST",
        headers: {
          authorization: `Headway-Key ${headway.key}`,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "idempotency-key": randomUUID(),
        },
      });
      call.on("error", reject);
      call.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          if (response.statusCode === 201) resolve();
          else reject(new Error(`An assignment was answered ${response.statusCode}: ${Buffer.concat(parts)}`));
        });
      });
      call.end(body);
    });

  const following = (): Promise<void> => {
    const duty = next++;
    if (duty >= duties) throw new Error("There are no more duties to assign: measure for a shorter time.");
    return assign(duty);
  };

  return {
    async rate(load) {
      await closedLoop({ ...load, seconds: 1 }, following);
      return (await closedLoop(load, following)).perSecond;
    },
    close: () => agent.destroy(),
  };
};
