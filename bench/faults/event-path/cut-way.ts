import { setTimeout as pause } from "node:timers/promises";
import { type FaultProxy, faultProxy } from "@headway/testkit/fault-proxy";
import { isCommit, watchStatements } from "./statements.ts";
import type { Cut } from "./words.ts";

export type Way = {
  /** The database, through the proxy. */
  readonly url: string;
  /** Breaks the way and mends it after `ms` milliseconds. */
  readonly cut: (cut: Cut, ms: number) => Promise<void>;
};

/** How long is waited for a commit to hit (milliseconds): with nothing to do there is none. */
const patience = 3000;

/** The way of this process to its database, which it can break: from within, a commit is hit exactly. */
export const cutWay = async (databaseUrl: string): Promise<Way> => {
  const proxy = await faultProxy(databaseUrl);
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${proxy.port}`;
  let armed: (() => void) | null = null;
  watchStatements({
    before(statement) {
      if (!isCommit(statement)) return;
      armed?.();
      armed = null;
    },
  });
  const nextCommit = (act: () => void): Promise<void> =>
    new Promise((resolve) => {
      armed = () => {
        act();
        resolve();
      };
    });
  return {
    url: url.href,
    async cut(cut, ms) {
      const act = (): void => hit(proxy, cut);
      if (cut.endsWith("at commit")) await Promise.race([nextCommit(act), pause(patience)]);
      else act();
      armed = null;
      await pause(ms);
      proxy.restore();
    },
  };
};

const hit = (proxy: FaultProxy, cut: Cut): void => {
  if (cut.startsWith("freeze")) void proxy.freeze();
  else if (cut.startsWith("deafen")) void proxy.deafen();
  else proxy.cut();
};
