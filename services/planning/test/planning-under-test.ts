import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import {
  type FeedImport,
  FeedImportState,
  FeedService,
} from "@headway/contracts/gen/headway/planning/v1/feed_service_pb";
import { RunService } from "@headway/contracts/gen/headway/planning/v1/run_service_pb";
import { type DepotId, newId } from "@headway/kernel/ids";
import type { Person, Role } from "@headway/service/caller";
import { type ServiceUnderTest, serviceUnderTest } from "@headway/service/service-under-test";
import { vi } from "vitest";
import { planning } from "../src/container.ts";
import { usualLimits } from "../src/model/run/run-limits.ts";
import { type Files, zipOf } from "./feed-sample.ts";

export const north = newId<DepotId>();
export const south = newId<DepotId>();

export const person = (role: Role, depots: readonly DepotId[] | null = null): Person => ({
  kind: "person",
  user: newId(),
  session: "s",
  employee: null,
  grants: [{ role, depots }],
});

export type PlanningUnderTest = ServiceUnderTest & {
  /** As a planner of all depots. */
  readonly feeds: ReturnType<typeof clientsOf>["feeds"];
  readonly runs: ReturnType<typeof clientsOf>["runs"];
  /** Hands a zip in, and waits for the end of its import. */
  readonly take: (archive: Buffer, fileName?: string) => Promise<FeedImport>;
  /** A feed that is in, with all its lines in the depot. */
  readonly given: (files: Files, depot?: DepotId) => Promise<string>;
};

/** Planning on a database of its own; hr knows two depots, north and south. */
export const planningUnderTest = async (): Promise<PlanningUnderTest> => {
  const service = await serviceUnderTest(planning, {
    others: (router) =>
      router.service(DepotService, {
        openDepot: () => ({}),
        listDepots: () => ({ depots: [north, south].map((id) => ({ id })) }),
      }),
  });
  const { feeds, runs } = clientsOf(service);

  const take = async (archive: Buffer, fileName = "metro.zip"): Promise<FeedImport> => {
    async function* parts() {
      for (let at = 0; at === 0 || at < archive.length; at += 10_000)
        yield { fileName: at === 0 ? fileName : "", content: archive.subarray(at, at + 10_000) };
    }
    const { import: started } = await feeds.startFeedImport(parts());
    return ended(feeds, started?.id ?? "");
  };

  const given = async (files: Files, depot = north): Promise<string> => {
    const { feedId, findings } = await take(zipOf(files));
    if (feedId === "") throw new Error(`refused: ${findings[0]?.message}`);
    const { lines } = await feeds.listLines({ feedId });
    await feeds.assignLines({ feedId, lines: lines.map(({ code }) => ({ code, depotId: depot })) });
    return feedId;
  };

  return { ...service, feeds, runs, take, given };
};

const clientsOf = (service: ServiceUnderTest) => ({
  feeds: service.as(person("planner"), FeedService),
  runs: service.as(person("planner"), RunService),
});

const ended = (feeds: PlanningUnderTest["feeds"], importId: string): Promise<FeedImport> =>
  vi.waitFor(
    async () => {
      const { import: now } = await feeds.getFeedImport({ importId });
      if (!now || now.state === FeedImportState.RUNNING) throw new Error("still running");
      return now;
    },
    { timeout: 50_000, interval: 50 },
  );

/** A Monday to Sunday within the sample feed's season. */
export const week = { firstDay: "2026-11-23", lastDay: "2026-11-29" };
export const limits = usualLimits;
