import { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { serviceNames } from "@headway/contracts/services";
import type { Instant } from "@headway/kernel/clock";
import { Temporal } from "@headway/kernel/time";
import { refusingClient } from "@headway/service/client";
import { giveBackSoon } from "@headway/service/give-back";
import type { Logger } from "@headway/service/log";
import type { TimeKeeper } from "../demo/demo-clock.ts";
import { runDemo } from "../demo/run-demo.ts";
import { showProgress } from "../rehearse/progress.ts";
import { bringToPresent } from "./bring-to-present.ts";
import { sayProgress } from "./demo-progress.ts";
import { keyOfDemo } from "./first-start.ts";
import type { Installation } from "./installation.ts";
import type { Profile } from "./profile.ts";
import type { Reach } from "./reach-services.ts";

/** The demo metro beside a Headway. */
export type HostedDemo = {
  /** For the gateway: where it finds how far the demo is; undefined where there is none. */
  readonly file: string | undefined;
  /** Whether a service that is started now lives in the past until it is told otherwise. */
  readonly catchesUp: (service: string) => boolean;
  readonly begin: (reach: Reach, log: Logger) => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Where the demo metro lies. */
const zone = "Europe/Paris";
const seed = 1;

const noDemo: HostedDemo = {
  file: undefined,
  catchesUp: () => false,
  begin: async () => {},
  stop: async () => {},
};

/** The demo metro, a client of Headway's API like any other; only the clock is its host's. */
export const openDemo = async ({ empty, port }: Profile, installation: Installation): Promise<HostedDemo> => {
  if (empty) return noDemo;
  const said = await sayProgress(installation.folder, shownOnTerminal());
  const ending = new AbortController();
  let present = false;
  let life = Promise.resolve();
  const onPresent = (): void => {
    present = true;
    void said.living();
    giveBackSoon();
  };
  return {
    file: said.file,
    catchesUp: (service) => !present && livesByDemo(service),
    async begin(reach, log) {
      const keeper = keeperOf(installation, reach);
      const key = await keyOfDemo(installation);
      if (key === null) {
        // A Headway that was begun without the demo goes on without it.
        await keeper.setPresent();
        return onPresent();
      }
      const url = `http://127.0.0.1:${port}`;
      const { progress } = said;
      const { signal } = ending;
      const warn = (message: string): void => log.warn({ event: "demo.trouble", message });
      life = runDemo({ url, key, seed, zone, keeper, progress, onPresent, onLoadedAhead: giveBackSoon, signal, warn });
    },
    async stop() {
      ending.abort();
      await life;
    },
  };
};

const shownOnTerminal = () => {
  const { stdout } = process;
  return showProgress(
    { isTTY: stdout.isTTY, columns: stdout.columns ?? 80, write: (text) => stdout.write(text) },
    { now: () => performance.now() },
  );
};

/** People log in, and look at the clock, by the machine's time, even while the demo is in the past. */
const livesByDemo = (service: string): boolean => service !== "iam" && service !== "gateway";

const livedUntil = "demo-lived-until";

const keeperOf = ({ keep, kept }: Installation, reach: Reach): TimeKeeper => {
  const clients = serviceNames.filter(livesByDemo).map((name) => refusingClient(OperationsService, reach(name)));
  return {
    // One after the other, in the order in which facts flow: what falls due in one is known before the next looks.
    set: async (at) => {
      for (const client of clients) await client.setClock({ at: toTimestamp(at) });
    },
    setPresent: async () => {
      for (const client of clients) await bringToPresent(client);
    },
    livedUntil: async (): Promise<Instant | null> => {
      const text = await kept(livedUntil);
      try {
        return text === null ? null : Temporal.Instant.from(text);
      } catch {
        // Unreadable is unknown: the demo begins with yesterday again.
        return null;
      }
    },
    keepLivedUntil: (at) => keep(livedUntil, at.toString()),
  };
};
