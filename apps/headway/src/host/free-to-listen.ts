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
            ? `Port ${port} is in use. End what listens there, or choose another: HEADWAY_PORT=${port === 8080 ? 8081 : port + 1} npm start`
            : `Port ${port} cannot be had (${code}). Choose another, above 1023: HEADWAY_PORT=8081 npm start`,
        ),
      ),
    );
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
