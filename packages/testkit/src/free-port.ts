import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { StartFailure } from "./server-process.ts";

const attempts = 5;

/** A TCP port of the loopback that was free a moment ago: the asked one if nobody listens there, else any. */
export const freePort = async (asked = 0): Promise<number> => {
  const probe = createServer();
  try {
    probe.listen(asked, "127.0.0.1");
    await once(probe, "listening");
  } catch (error) {
    if (asked !== 0 && isTaken(error)) return await freePort();
    throw error;
  }
  const port = portOf(probe);
  await once(probe.close(), "close");
  return port;
};

/** So many TCP ports of the loopback that were free a moment ago, no two the same. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const probes = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(probes.map((probe) => once(probe, "listening")));
  const ports = probes.map(portOf);
  await Promise.all(probes.map((probe) => once(probe.close(), "close")));
  return ports;
};

/** Starts a server on a free port, on another one when somebody else was faster. */
export const onFreePort = async <T>(asked: number | undefined, start: (port: number) => Promise<T>): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? asked : 0);
    try {
      return await start(port);
    } catch (error) {
      const lostRace =
        error instanceof StartFailure && /address already in use|port is already allocated/i.test(error.output);
      if (!lostRace || attempt === attempts) throw error;
    }
  }
};

const portOf = (probe: Server): number => {
  const address = probe.address();
  if (address === null || typeof address === "string") throw new Error("the probe has no TCP address");
  return address.port;
};

const isTaken = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "EADDRINUSE" || error.code === "EACCES");
