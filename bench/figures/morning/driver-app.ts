import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { driverSecret } from "./in-iam.ts";

/** A sign-on that was acknowledged. */
export type SignedOn = {
  /** The driver's in the metro. */
  readonly number: number;
  /** The driver's id. */
  readonly driver: string;
  /** Milliseconds from asking to the whole answer. */
  readonly took: number;
  /** When the answer was there, on the clock of `performance.now`. */
  readonly acknowledged: number;
};

/** A driver opens the app, which shows the next duty, and signs on to it: two calls on a connection of their own. Throws where one is refused. */
export const signOn = async (url: string, driver: number): Promise<SignedOn> => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const call = callAs(url, driver, agent);
    const { duty }: { duty: { dutyId: string; driverId: string } | null } = await call("GET", "/me/next-duty");
    if (!duty) throw new Error(`Driver ${driver} has no duty to sign on to.`);
    const began = performance.now();
    const at = new Date().toISOString();
    await call("POST", "/me/signings", { signingId: randomUUID(), dutyId: duty.dutyId, kind: "sign-on", at });
    const acknowledged = performance.now();
    return { number: driver, driver: duty.driverId, took: acknowledged - began, acknowledged };
  } finally {
    agent.destroy();
  }
};

const callAs =
  (url: string, driver: number, agent: Agent) =>
  <Answer>(method: string, path: string, body?: object): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const sent = request(new URL(`/mobile/v1${path}`, url), {
        agent,
        method,
        headers: {
          authorization: `Bearer ${driverSecret(driver)}`,
          ...(body ? { "content-type": "application/json" } : {}),
        },
      });
      sent.on("error", reject);
      sent.on("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("error", reject);
        response.on("end", () => {
          const text = Buffer.concat(parts).toString("utf8");
          if (response.statusCode === 200) resolve(JSON.parse(text) as Answer);
          else reject(new Error(`${method} ${path} was answered ${response.statusCode}: ${text}`));
        });
      });
      sent.end(body ? JSON.stringify(body) : undefined);
    });
