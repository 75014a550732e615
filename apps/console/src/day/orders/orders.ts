import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { newId } from "@headway/kernel/ids";
import { answered, api } from "../../api/client.ts";
import { headwayNow } from "../../time/headway-clock.ts";
import { driverDuties } from "../driver-query.ts";
import type { OrphanedSigning } from "../model/orphaned-signing.ts";
import type { DayDuty } from "../model/patch.ts";
import type { CancelCause, DismissReason } from "../model/reason-words.ts";

export type Replacement = components["schemas"]["Replacement"];

export type MatchedSigning = components["schemas"]["MatchedSigning"];
export type SignResult = components["schemas"]["SignResult"];

/** Each order has a key of its own: whatever the network does with it, it counts once. */
const once = () => ({ "Idempotency-Key": newId() }) as const;

/** The version of a duty that the person has seen: had somebody changed it since, the order is refused as stale. */
const asSeen = ({ version }: { readonly version: number }) => ({ "If-Match": `"${version}"`, ...once() }) as const;

const noted = (note: string) => (note.trim() === "" ? {} : { note: note.trim() });

/** The plan of a depot's day becomes its operation. */
export const activateDay = (depotId: string, serviceDate: string) =>
  answered(
    api.POST("/depots/{depotId}/days/{serviceDate}/activate", {
      params: { path: { depotId, serviceDate }, header: once() },
    }),
  );

/** Puts a driver on a duty that nobody works; null takes the first in the extraboard's order. */
export const replaceDriver = (duty: DayDuty, driverId: string | null, note: string): Promise<Replacement> =>
  answered(
    api.POST("/day-duties/{dutyId}/replace", {
      params: { path: { dutyId: duty.dutyId }, header: asSeen(duty) },
      body: { ...(driverId === null ? {} : { driverId }), ...noted(note) },
    }),
  );

/** A duty shall not run. */
export const cancelDuty = (duty: DayDuty, cause: CancelCause, note: string): Promise<DayDuty> =>
  answered(
    api.POST("/day-duties/{dutyId}/cancel", {
      params: { path: { dutyId: duty.dutyId }, header: asSeen(duty) },
      body: { cause, ...noted(note) },
    }),
  );

/** A cancelled duty runs after all, with nobody on it. */
export const reactivateDuty = (duty: DayDuty): Promise<DayDuty> =>
  answered(
    api.POST("/day-duties/{dutyId}/reactivate", { params: { path: { dutyId: duty.dutyId }, header: asSeen(duty) } }),
  );

/** Signs for a driver who stands at the desk, now by Headway's clock. */
export const signFor = (duty: DayDuty, driverId: string, kind: "sign-on" | "sign-off"): Promise<SignResult> =>
  answered(
    api.POST("/signings", {
      body: {
        signingId: newId(),
        driverId,
        dutyId: duty.dutyId,
        kind,
        at: new Date(headwayNow()).toISOString(),
      },
    }),
  );

/** Takes a driver off a duty in the roster. False where the roster no longer has the driver on it. */
export const releaseDriver = async ({ dutyId, serviceDate }: DayDuty, driverId: string): Promise<boolean> => {
  const held = (await driverDuties(driverId, serviceDate, serviceDate)).find((one) => one.dutyId === dutyId);
  if (held === undefined || held.id === null) return false;
  const params = { path: { assignmentId: held.id }, header: asSeen(held) };
  await answered(api.POST("/assignments/{assignmentId}/release", { params }));
  return true;
};

/** A person has looked at what a driver worked: it counts until `signedOff` (epoch milliseconds). */
export const verifyWorkedTime = (duty: DayDuty, assignmentId: string, signedOff: number): Promise<DayDuty> =>
  answered(
    api.POST("/day-duties/{dutyId}/assignments/{assignmentId}/verify", {
      params: { path: { dutyId: duty.dutyId, assignmentId }, header: asSeen(duty) },
      body: { signedOffAt: new Date(signedOff).toISOString() },
    }),
  );

/** An orphaned signing was for this assignment of its driver. */
export const matchSigning = (signingId: string, assignmentId: string): Promise<MatchedSigning> =>
  answered(
    api.POST("/orphaned-signings/{signingId}/match", {
      params: { path: { signingId }, header: once() },
      body: { assignmentId },
    }),
  );

/** An orphaned signing counts for nothing. */
export const dismissSigning = (signingId: string, reason: DismissReason, note: string): Promise<OrphanedSigning> =>
  answered(
    api.POST("/orphaned-signings/{signingId}/dismiss", {
      params: { path: { signingId }, header: once() },
      body: { reason, ...noted(note) },
    }),
  );
