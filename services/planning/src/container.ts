import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { FeedService } from "@headway/contracts/gen/headway/planning/v1/feed_service_pb";
import { RunService } from "@headway/contracts/gen/headway/planning/v1/run_service_pb";
import { planningTopic } from "@headway/contracts/topics";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { feedImportJob, makeFeedImportJob } from "./inbound/feed-import-job.ts";
import { feedService } from "./inbound/feed-service.ts";
import { runService } from "./inbound/run-service.ts";
import { greedyCutter } from "./model/run/greedy-cutter.ts";
import { depotClient } from "./outbound/depot-client.ts";
import { dutyRepository as duties, dutyQueries } from "./outbound/duty-repository.ts";
import { feedImportQueries, feedImportRepository as imports } from "./outbound/feed-import-repository.ts";
import { feedQueries } from "./outbound/feed-queries.ts";
import { feedRepository as feeds } from "./outbound/feed-repository.ts";
import { planningEvents } from "./outbound/planning-events.ts";
import { runQueries } from "./outbound/run-queries.ts";
import { runRepository as runs } from "./outbound/run-repository.ts";
import { assignLines } from "./usecases/assign-lines.ts";
import { cutRuns } from "./usecases/cut-runs.ts";
import { planDuties } from "./usecases/plan-duties.ts";
import { startFeedImport } from "./usecases/start-feed-import.ts";
import { takeFeed } from "./usecases/take-feed.ts";

export const planning = defineService({
  name: "planning",
  topic: planningTopic,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, clock, eventLog, call, wakeJob }) {
    const { inTx } = db;
    const events = planningEvents(eventLog(planningTopic));
    const listed = feedQueries(db);
    const importQueries = feedImportQueries(db);
    const feedDoor = feedService({
      inTx,
      clock,
      startFeedImport: startFeedImport({ imports }),
      assignLines: assignLines({ feeds }),
      imports: importQueries,
      feeds: listed,
      depots: depotClient(call(DepotService)),
      wake: () => wakeJob(feedImportJob),
    });
    const runDoor = runService({
      inTx,
      clock,
      cutRuns: cutRuns({ cutter: greedyCutter, feeds, runs }),
      planDuties: planDuties({ feeds, runs, duties, events }),
      feeds: listed,
      runs: runQueries(db),
      duties: dutyQueries(db),
    });
    return {
      doors: [door(FeedService, feedDoor), door(RunService, runDoor)],
      consumers: [],
      jobs: [makeFeedImportJob({ inTx, takeFeed: takeFeed({ imports, feeds }), imports, queries: importQueries })],
    };
  },
});
