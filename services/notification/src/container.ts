import { InboxService } from "@headway/contracts/gen/headway/notification/v1/inbox_service_pb";
import { notificationTopic } from "@headway/contracts/topics";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { inboxService } from "./inbound/inbox-service.ts";
import { planningConsumer } from "./inbound/planning-consumer.ts";
import { schedulingConsumer } from "./inbound/scheduling-consumer.ts";
import { noticeQueries, noticeRepository as notices } from "./outbound/notice-repository.ts";
import { notificationEvents } from "./outbound/notification-events.ts";
import { watchRepository as watches } from "./outbound/watch-repository.ts";
import { acknowledgeNotice } from "./usecases/acknowledge-notice.ts";
import { tellOfAssignedDuty } from "./usecases/tell-of-assigned-duty.ts";
import { tellOfChangedDuty } from "./usecases/tell-of-changed-duty.ts";
import { tellOfReleasedDuty } from "./usecases/tell-of-released-duty.ts";
import { tellOfSwap } from "./usecases/tell-of-swap.ts";

export const notification = defineService({
  name: "notification",
  topic: notificationTopic,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, clock, eventLog }) {
    const kept = { watches, notices, events: notificationEvents(eventLog(notificationTopic)) };
    const inboxDoor = inboxService({
      inTx: db.inTx,
      clock,
      notices: noticeQueries(db),
      acknowledgeNotice: acknowledgeNotice(kept),
    });
    return {
      doors: [door(InboxService, inboxDoor)],
      consumers: [
        schedulingConsumer({
          tellOfAssignedDuty: tellOfAssignedDuty(kept),
          tellOfReleasedDuty: tellOfReleasedDuty(kept),
          tellOfSwap: tellOfSwap(kept),
        }),
        planningConsumer({ tellOfChangedDuty: tellOfChangedDuty(kept) }),
      ],
      jobs: [],
    };
  },
});
