import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { SwapService } from "@headway/contracts/gen/headway/scheduling/v1/swap_service_pb";
import { schedulingTopic } from "@headway/contracts/topics";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { dispatchConsumer } from "./inbound/dispatch-consumer.ts";
import { hrConsumer } from "./inbound/hr-consumer.ts";
import { planningConsumer } from "./inbound/planning-consumer.ts";
import { rosterService } from "./inbound/roster-service.ts";
import { makeSwapExpiryJob } from "./inbound/swap-expiry-job.ts";
import { swapService } from "./inbound/swap-service.ts";
import { assignmentRepository as assignments } from "./outbound/assignment-repository.ts";
import { candidateQueries } from "./outbound/candidate-queries.ts";
import { copiesRepository as copies } from "./outbound/copies-repository.ts";
import { depotQueries } from "./outbound/depot-queries.ts";
import { driverRepository as drivers } from "./outbound/driver-repository.ts";
import { dutyRepository as duties } from "./outbound/duty-repository.ts";
import { rosterQueries } from "./outbound/roster-queries.ts";
import { rosterRepository as rosters } from "./outbound/roster-repository.ts";
import { schedulingEvents } from "./outbound/scheduling-events.ts";
import { sideRepository as sides } from "./outbound/side-repository.ts";
import { swapQueries } from "./outbound/swap-queries.ts";
import { swapRepository as swaps } from "./outbound/swap-repository.ts";
import { acceptSwap } from "./usecases/accept-swap.ts";
import { approveSwap } from "./usecases/approve-swap.ts";
import { assignDuty } from "./usecases/assign-duty.ts";
import { cancelDuty } from "./usecases/cancel-duty.ts";
import { cancelSwap } from "./usecases/cancel-swap.ts";
import { coverDuty } from "./usecases/cover-duty.ts";
import { declineSwap } from "./usecases/decline-swap.ts";
import { expireSwaps } from "./usecases/expire-swaps.ts";
import { fillRoster } from "./usecases/fill-roster.ts";
import { followSigning } from "./usecases/follow-signing.ts";
import { openRoster } from "./usecases/open-roster.ts";
import { planDuty } from "./usecases/plan-duty.ts";
import { publishRoster } from "./usecases/publish-roster.ts";
import { releaseDriver } from "./usecases/release-driver.ts";
import { releaseDuty } from "./usecases/release-duty.ts";
import { relieveDriver } from "./usecases/relieve-driver.ts";
import { requestSwap } from "./usecases/request-swap.ts";
import { withdrawDuty } from "./usecases/withdraw-duty.ts";

export const scheduling = defineService({
  name: "scheduling",
  topic: schedulingTopic,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, clock, eventLog }) {
    const { inTx } = db;
    const events = schedulingEvents(eventLog(schedulingTopic));
    const depots = depotQueries(db);
    const kept = { copies, drivers, duties, rosters, assignments, sides, swaps, events };
    const rosterDoor = rosterService({
      inTx,
      clock,
      depots,
      queries: rosterQueries(db),
      openRoster: openRoster({ ...kept, depots: copies }),
      assignDuty: assignDuty(kept),
      releaseDuty: releaseDuty(kept),
      fillRoster: fillRoster(kept),
      publishRoster: publishRoster(kept),
      coverDuty: coverDuty(kept),
      candidates: candidateQueries(db),
    });
    const swapDoor = swapService({
      inTx,
      clock,
      depots,
      queries: swapQueries(db),
      requestSwap: requestSwap(kept),
      acceptSwap: acceptSwap(kept),
      declineSwap: declineSwap(kept),
      cancelSwap: cancelSwap(kept),
      approveSwap: approveSwap(kept),
    });
    return {
      doors: [door(RosterService, rosterDoor), door(SwapService, swapDoor)],
      consumers: [
        hrConsumer({ copies, releaseDriver: releaseDriver(kept) }),
        planningConsumer({ planDuty: planDuty(kept), withdrawDuty: withdrawDuty(kept) }),
        dispatchConsumer({
          duties,
          cancelDuty: cancelDuty(kept),
          followSigning: followSigning(kept),
          relieveDriver: relieveDriver(kept),
        }),
      ],
      jobs: [makeSwapExpiryJob({ inTx, expireSwaps: expireSwaps(kept) })],
    };
  },
});
