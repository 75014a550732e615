import { create } from "@bufbuild/protobuf";
import type { Timestamp } from "@bufbuild/protobuf/wkt";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";
import type { Instant } from "@headway/kernel/clock";
import { invalid } from "@headway/kernel/domain-error";
import { instantAt } from "@headway/kernel/time";

/** A Timestamp for an instant; nanoseconds are kept. */
export const toTimestamp = (at: Instant): Timestamp => {
  const seconds = Math.floor(at.epochMilliseconds / 1000);
  return create(TimestampSchema, {
    seconds: BigInt(seconds),
    nanos: Number(at.epochNanoseconds - BigInt(seconds) * 1_000_000_000n),
  });
};

/** Reads a Timestamp that must be there. Refused with `field.empty` or `field.not-an-instant`, naming the field. */
export const toInstant = (timestamp: Timestamp | undefined, field: string): Instant => {
  if (!timestamp) throw invalid("field.empty", `${field} must not be empty.`, { field });
  return instantAt(timestamp.seconds * 1_000_000_000n + BigInt(timestamp.nanos), field);
};
