import type { Instant } from "@headway/kernel/clock";
import { conflict, invalid } from "@headway/kernel/domain-error";
import type { AssignmentId, DriverId, DutyId, Id } from "@headway/kernel/ids";
import { earlier, isBefore, Temporal } from "@headway/kernel/time";

/** Made by the device that signs, so that the same signing sent twice counts once. */
export type SigningId = Id<"Signing">;

export const signingKinds = ["sign-on", "sign-off", "start-break", "end-break"] as const;
export type SigningKind = (typeof signingKinds)[number];

export type Signing = {
  readonly id: SigningId;
  readonly driver: DriverId;
  /** Null where the device does not know: then it is the driver's duty that fits. */
  readonly duty: DutyId | null;
  readonly kind: SigningKind;
  readonly at: Instant;
};

/** How a signing was taken. An orphaned one fits no assignment: it is kept, changes nothing and needs a person. */
export type SigningMatch = "matched" | "early" | "late" | "orphaned";

/** A signing and what became of it. */
export type TakenSigning = {
  readonly signing: Signing;
  readonly match: SigningMatch;
  /** Null where not even a duty is near. */
  readonly duty: DutyId | null;
  readonly assignment: AssignmentId | null;
};

/** Clocks of devices differ: up to a minute ahead is taken as now. Refused with `signing.in-future` beyond that. */
export const notInFuture = (at: Instant, now: Instant): Instant => {
  if (isBefore(now.add({ minutes: 1 }), at))
    throw invalid("signing.in-future", `A signing at ${at} lies in the future: it is ${now}.`, { field: "at" });
  return earlier(at, now);
};

/** Days for which a device may have been cut off. What is older has been paid or is forgotten: a person verifies the worked time. */
const oldest = 14;

/** Refused with `signing.too-old` where it is older than any device may have been cut off. */
export const mustBeRecent = ({ at }: Signing, now: Instant): void => {
  if (isBefore(at, now.subtract({ hours: 24 * oldest })))
    throw invalid("signing.too-old", `A signing at ${at} is more than ${oldest} days old.`, { field: "at" });
};

/** Refused with `signing.id-taken`: an id stands for one signing of one driver, duty, kind and time. */
export const mustBeSame = (known: Signing, again: Signing): void => {
  const same =
    known.driver === again.driver &&
    known.duty === again.duty &&
    known.kind === again.kind &&
    Temporal.Instant.compare(known.at, again.at) === 0;
  if (!same)
    throw conflict("signing.id-taken", `The signing ${known.id} is known with another driver, duty, kind or time.`);
};
