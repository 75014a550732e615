import { fromBinary, type MessageShape } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import type { Topic } from "@headway/contracts/topic";
import type { Databases, ServiceName } from "./databases.ts";

/** An event as it lies in a log. */
export type Told<T extends Topic> = {
  [Type in keyof T["types"] & string]: {
    readonly type: Type;
    readonly event: MessageShape<T["types"][Type]>;
    readonly aggregate: string;
    readonly version: number;
    /** When it happened, as PostgreSQL writes it. */
    readonly at: string;
  };
}[keyof T["types"] & string];

type LogRecord = { position: number; type: string; aggregate: string; version: number; at: string; payload: Buffer };

/** Events that are read at once. */
const stretch = 10_000;

/**
 * Hands a service's log to `hear`, in the order of recording. Answers how many events there are, and what is wrong with
 * those that cannot be read or cannot have happened after what was before.
 */
export const readLog = async <T extends Topic>(
  db: Databases,
  topic: T,
  hear: (told: Told<T>) => void,
): Promise<{ readonly looked: number; readonly wrong: readonly string[] }> => {
  const wrong: string[] = [];
  let looked = 0;
  for (let after = 0, more = true; more; ) {
    const records = await db.rows<LogRecord>(
      topic.service as ServiceName,
      `select position, type, aggregate_id as aggregate, aggregate_version as version, occurred_at as at, payload
       from event_log where position > $1 order by position limit $2`,
      [after, stretch],
    );
    for (const record of records) {
      try {
        hear(toTold(topic, record));
      } catch (error) {
        wrong.push(`Position ${record.position}, ${record.type} of ${record.aggregate}: ${String(error)}`);
      }
    }
    looked += records.length;
    after = records.at(-1)?.position ?? after;
    more = records.length === stretch;
  }
  return { looked, wrong };
};

const toTold = <T extends Topic>(topic: T, { type, aggregate, version, at, payload }: LogRecord): Told<T> => {
  const schema = topic.types[type];
  if (!schema) throw new Error("This type is not in the contract.");
  return { type, event: fromBinary(schema, payload), aggregate, version, at } as Told<T>;
};

/** As PostgreSQL writes an instant in UTC: cut to microseconds, without noughts at the end. Null for none. */
export const timeText = (at: Timestamp | undefined): string | null => {
  if (!at) return null;
  const seconds = new Date(Number(at.seconds) * 1000).toISOString().slice(0, 19).replace("T", " ");
  const fraction = String(Math.trunc(at.nanos / 1000))
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}+00`;
};

/** A thing of which something was told before. Throws where nothing was. */
export const known = <V>(map: ReadonlyMap<string, V>, key: string): V => {
  const found = map.get(key);
  if (found === undefined) throw new Error(`Nothing was told of ${key} before.`);
  return found;
};
