import type { Check } from "../finding.ts";
import type { Message } from "./read-topics.ts";

/** An event of a log, as it must have gone out. */
export type Logged = {
  readonly position: number;
  readonly id: string;
  readonly type: string;
  readonly key: string;
  readonly version: number;
  readonly actor: string;
  /** As `ce_time`. */
  readonly at: string;
  readonly payload: Buffer;
  readonly published: boolean;
  /** True where the topic may have dropped it by its age. */
  readonly old: boolean;
};

type First = { readonly position: number; readonly partition: number };

/**
 * Holds one service's log against the messages of its topic: all that was published is there with the same key, type
 * and bytes, also where it is there again; nothing else is; and of one key, each is first seen in the order of the log.
 */
export const againstTopic = (topic: string, log: readonly Logged[]) => {
  const events = new Map(log.map((event) => [event.id, event]));
  const seen = new Set<string>();
  const last = new Map<string, First>();
  const wrong: string[] = [];

  const hear = ({ partition, key, headers, value }: Message): void => {
    const id = headers.ce_id ?? "";
    const event = events.get(id);
    if (!event)
      return void wrong.push(
        `${headers.ce_type ?? "A message"} ${id || "without an id"} is in the topic, and in no log.`,
      );
    const other = differences(event, key, headers, value);
    if (other.length > 0) wrong.push(`${event.type} ${id} went out with another ${other.join(", ")}.`);
    if (seen.has(id)) return;
    seen.add(id);
    const before = last.get(key);
    if (before && before.position > event.position)
      wrong.push(`${event.type} ${id} of ${key} (position ${event.position}) comes after position ${before.position}.`);
    if (before && before.partition !== partition)
      wrong.push(`${key} is in two partitions: ${before.partition} and ${partition}.`);
    last.set(key, { position: Math.max(event.position, before?.position ?? 0), partition });
  };

  const check = (): Check => {
    const missing = log
      .filter(({ id, published, old }) => published && !old && !seen.has(id))
      .map(
        ({ id, type, position }) =>
          `${type} ${id} (position ${position}) is marked as published, and is not in the topic.`,
      );
    return { where: `${topic} against its log`, looked: log.length, wrong: [...missing, ...wrong] };
  };

  return { hear, check };
};

const differences = (
  event: Logged,
  key: string,
  headers: Readonly<Record<string, string>>,
  value: Buffer,
): string[] => {
  const same = {
    key: key === event.key && headers.ce_subject === event.key,
    type: headers.ce_type === event.type,
    version: headers.ce_aggregateversion === String(event.version),
    actor: headers.ce_actor === event.actor,
    time: headers.ce_time === event.at,
    payload: value.equals(event.payload),
  };
  return Object.entries(same).flatMap(([name, isSame]) => (isSame ? [] : [name]));
};
