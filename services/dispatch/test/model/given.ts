import type { Instant } from "@headway/kernel/clock";
import { type AssignmentId, type DepotId, type DriverId, type DutyId, firstVersion } from "@headway/kernel/ids";
import { Temporal } from "@headway/kernel/time";
import { type Assignment, assigned } from "../../src/model/assignment.ts";
import type { Duty } from "../../src/model/duty.ts";
import type { DutyDecision } from "../../src/model/events.ts";
import type { OrphanedSigning } from "../../src/model/orphaned-signing.ts";
import type { Signing, SigningId, SigningKind } from "../../src/model/signing.ts";
import { defaultWindows } from "../../src/model/windows.ts";

export const at = (time: string): Instant =>
  Temporal.Instant.from(`2026-11-23T${time.length === 5 ? `${time}:00` : time}Z`);

export const someAssignment = "a1" as AssignmentId;
export const someDriver = "d1" as DriverId;
const longAgo = Temporal.Instant.from("2026-11-01T00:00:00Z");

export const anAssignment = (over: Partial<Assignment> = {}): Assignment => ({
  ...assigned(someAssignment, someDriver, longAgo),
  ...over,
});

/** A duty from 05:00 to 13:00 with a gap from 08:00 to 10:00, activated the day before. */
export const aDuty = (over: Partial<Duty> = {}): Duty => ({
  id: "u1" as DutyId,
  depot: "p1" as DepotId,
  serviceDate: Temporal.PlainDate.from("2026-11-23"),
  plan: {
    starts: at("05:00"),
    ends: at("13:00"),
    pieces: [
      { starts: at("05:00"), ends: at("08:00") },
      { starts: at("10:00"), ends: at("13:00") },
    ],
  },
  windows: defaultWindows,
  activatedAt: longAgo,
  state: "published",
  cancelled: null,
  assignments: [anAssignment()],
  version: firstVersion,
  ...over,
});

export const aSigning = (kind: SigningKind, time: Instant, over: Partial<Signing> = {}): Signing => ({
  id: "s1" as SigningId,
  driver: someDriver,
  duty: null,
  kind,
  at: time,
  ...over,
});

export const factsOf = ({ event }: DutyDecision): [string, string][] =>
  event.map((fact) => [fact.type, fact.at.toString().slice(11, 19)]);

export const stateOf = (duty: Duty): [string, ...string[]] => [
  duty.state,
  ...duty.assignments.map(({ state }) => state),
];

/** A signing that fitted no assignment, and waits for a person. */
export const anOrphan = (signing: Signing): OrphanedSigning => ({
  taken: { signing, match: "orphaned", duty: null, assignment: null },
  depot: aDuty().depot,
  serviceDate: aDuty().serviceDate,
  receivedAt: signing.at,
  state: "waiting",
  settled: null,
  dismissal: null,
  version: firstVersion,
});
