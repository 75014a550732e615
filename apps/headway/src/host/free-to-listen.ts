import { createServer } from "node:net";
import { CannotStart } from "./cannot-start.ts";

/** @throws CannotStart where somebody else has the port, or it may not be had */
export const demandPort = (port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", ({ code }: NodeJS.ErrnoException) =>
      reject(
        new CannotStart(
          code === "EADDRINUSE"
            ? `Port ${port} is in use. End what listens there, or choose another with HEADWAY_PORT=${port + 1}`
            : `Port ${port} cannot be had (${code}). Choose another, above 1023, with HEADWAY_PORT=8081`,
        ),
      ),
    );
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
