import type { DescMessage, MessageShape } from "@bufbuild/protobuf";

/**
 * What one service tells the others: the topic's name, and the protobuf schema of each event type.
 * The types are exactly the messages of the service's `events.proto` that are named here.
 */
export type Topic<Schemas extends Record<string, DescMessage> = Record<string, DescMessage>> = {
  readonly name: string;
  readonly service: string;
  readonly types: Schemas;
};

/** The payload of each event type of a topic. */
export type TopicEvents<T extends Topic> = { [Type in keyof T["types"] & string]: MessageShape<T["types"][Type]> };

/** The topic of a service, `headway.<service>.v1`, with every event type that it tells. */
export const topic = <Schemas extends Record<string, DescMessage>>(
  service: string,
  types: Schemas,
): Topic<Schemas> => ({
  name: `headway.${service}.v1`,
  service,
  types,
});
