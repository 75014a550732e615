import { DayService } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { ReviewService } from "@headway/contracts/gen/headway/dispatch/v1/review_service_pb";
import { SigningService } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { dispatchTopic } from "@headway/contracts/topics";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { dayService } from "./inbound/day-service.ts";
import { hrConsumer } from "./inbound/hr-consumer.ts";
import { planningConsumer } from "./inbound/planning-consumer.ts";
import { makeReplacementJob } from "./inbound/replacement-job.ts";
import { reviewService } from "./inbound/review-service.ts";
import { schedulingConsumer } from "./inbound/scheduling-consumer.ts";
import { signingService } from "./inbound/signing-service.ts";
import { makeTimeJob } from "./inbound/time-job.ts";
import { copiesRepository as copies } from "./outbound/copies-repository.ts";
import { dayQueries } from "./outbound/day-queries.ts";
import { dayRepository as days } from "./outbound/day-repository.ts";
import { dispatchEvents } from "./outbound/dispatch-events.ts";
import { driverQueries, driverRepository as drivers } from "./outbound/driver-repository.ts";
import { dutyRepository as duties } from "./outbound/duty-repository.ts";
import { orphanQueries, orphanRepository as orphans } from "./outbound/orphan-repository.ts";
import { planRepository as plan } from "./outbound/plan-repository.ts";
import { replacementQueries, replacementRepository as replacements } from "./outbound/replacement-repository.ts";
import { rosterRepository as roster } from "./outbound/roster-repository.ts";
import { schedulingClient } from "./outbound/scheduling-client.ts";
import { signingQueries, signingRepository as signings } from "./outbound/signing-repository.ts";
import { activateDay } from "./usecases/activate-day.ts";
import { cancelDuty } from "./usecases/cancel-duty.ts";
import { dismissOrphanedSigning } from "./usecases/dismiss-orphaned-signing.ts";
import { followDuty as makeFollowDuty } from "./usecases/follow-duty.ts";
import { keepTime } from "./usecases/keep-time.ts";
import { matchOrphanedSigning } from "./usecases/match-orphaned-signing.ts";
import { planDuty } from "./usecases/plan-duty.ts";
import { pursueReplacement as makePursueReplacement } from "./usecases/pursue-replacement.ts";
import { reactivateDuty } from "./usecases/reactivate-duty.ts";
import { rosterDriver } from "./usecases/roster-driver.ts";
import { settleReplacement } from "./usecases/settle-replacement.ts";
import { sign } from "./usecases/sign.ts";
import { verifyWorkedTime } from "./usecases/verify-worked-time.ts";
import { wantReplacement } from "./usecases/want-replacement.ts";
import { withdrawDuty } from "./usecases/withdraw-duty.ts";

export const dispatch = defineService({
  name: "dispatch",
  topic: dispatchTopic,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, clock, eventLog, call }) {
    const { inTx } = db;
    const events = dispatchEvents(eventLog(dispatchTopic));
    const rosters = schedulingClient(call(RosterService));
    const day = dayQueries(db);
    const wanted = replacementQueries(db);
    const followDuty = makeFollowDuty({ days, plan, roster, duties, events });
    const pursueReplacement = makePursueReplacement({
      inTx,
      clock,
      replacements: wanted,
      roster: rosters,
      settleReplacement: settleReplacement({ duties, replacements, roster, events }),
    });
    const dayDoor = dayService({
      inTx,
      clock,
      days: day,
      roster: rosters,
      activateDay: activateDay({ days, plan, roster, duties, events }),
      cancelDuty: cancelDuty({ duties, events }),
      reactivateDuty: reactivateDuty({ duties, events }),
      wantReplacement: wantReplacement({ duties, replacements, events }),
      pursueReplacement,
    });
    const signingDoor = signingService({
      inTx,
      clock,
      days: day,
      drivers: driverQueries(db),
      signings: signingQueries(db),
      sign: sign({ duties, signings, drivers, orphans, events }),
    });
    const reviewDoor = reviewService({
      inTx,
      clock,
      days: day,
      orphans: orphanQueries(db),
      verifyWorkedTime: verifyWorkedTime({ duties, events }),
      matchOrphanedSigning: matchOrphanedSigning({ orphans, roster, duties, events }),
      dismissOrphanedSigning: dismissOrphanedSigning({ orphans, events }),
    });
    return {
      doors: [door(DayService, dayDoor), door(SigningService, signingDoor), door(ReviewService, reviewDoor)],
      consumers: [
        hrConsumer({ copies }),
        planningConsumer({
          planDuty: planDuty({ plan, followDuty }),
          withdrawDuty: withdrawDuty({ plan, followDuty }),
        }),
        schedulingConsumer({ rosterDriver: rosterDriver({ roster, followDuty }) }),
      ],
      jobs: [
        makeTimeJob({ inTx, keepTime: keepTime({ duties, events }) }),
        makeReplacementJob({ replacements: wanted, pursueReplacement }),
      ],
    };
  },
});
