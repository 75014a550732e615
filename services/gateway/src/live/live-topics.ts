import { fromBinary } from "@bufbuild/protobuf";
import type { Topic, TopicEvents } from "@headway/contracts/topic";
import {
  accountingTopic,
  dispatchTopic,
  hrTopic,
  iamTopic,
  notificationTopic,
  overtimeTopic,
  planningTopic,
  schedulingTopic,
} from "@headway/contracts/topics";
import type { BusMessage } from "@headway/messaging/bus";
import { typeOf } from "@headway/messaging/consumer";
import {
  accountingViews,
  dispatchViews,
  hrViews,
  iamViews,
  notificationViews,
  overtimeViews,
  planningViews,
  schedulingViews,
  type View,
} from "./views.ts";

/** What is made of a message; null where it is nothing. */
export type Reader<Made> = (message: BusMessage) => Made | null;

/** Reads the messages of a topic, each type in its own way. */
export const readerOf =
  <T extends Topic, Made>(
    topic: T,
    ways: { readonly [Type in keyof TopicEvents<T>]: (event: TopicEvents<T>[Type]) => Made | null },
  ): Reader<Made> =>
  (message) => {
    const type = typeOf(message) as keyof TopicEvents<T>;
    const schema = topic.types[type];
    // A service of a later version may tell what this one does not know yet.
    return schema ? ways[type](fromBinary(schema, message.value) as TopicEvents<T>[typeof type]) : null;
  };

/** How to look at the messages of each topic. */
export const viewers: ReadonlyMap<string, Reader<View>> = new Map([
  [iamTopic.name, readerOf(iamTopic, iamViews)],
  [hrTopic.name, readerOf(hrTopic, hrViews)],
  [planningTopic.name, readerOf(planningTopic, planningViews)],
  [schedulingTopic.name, readerOf(schedulingTopic, schedulingViews)],
  [dispatchTopic.name, readerOf(dispatchTopic, dispatchViews)],
  [overtimeTopic.name, readerOf(overtimeTopic, overtimeViews)],
  [accountingTopic.name, readerOf(accountingTopic, accountingViews)],
  [notificationTopic.name, readerOf(notificationTopic, notificationViews)],
]);
