import { CancelCause, WorkedKind } from "@headway/contracts/gen/headway/dispatch/v1/events_pb";
import type { dispatchTopic } from "@headway/contracts/topics";
import type { Expected, Fact } from "../compare.ts";
import { canonical } from "../facts.ts";
import { known, type Told, timeText } from "../told.ts";

type DispatchTold = Told<typeof dispatchTopic>;
type OfDriver = { readonly dutyId: string; readonly assignmentId: string; readonly driverId: string };

/** An assignment of which dispatch has told nothing: it waits, or the roster has taken it back. */
export const quietAssignment = {
  state: ["assigned", "released"],
  signed_on_at: null,
  signed_off_at: null,
  worked_minutes: null,
  needs_review: false,
  breaks: 0,
} as const;

/** A duty of which dispatch has told nothing: it waits, or planning had withdrawn it before its day was activated. */
export const quietDuty = { state: ["published", "cancelled"], cause: [null, "timetable-change"] } as const;

/** What dispatch's log comes to. */
export const foldDispatch = () => {
  const folded = empty();
  return { hear: (told: DispatchTold): void => hear(folded, told), ...folded };
};

const empty = () => ({
  days: new Map<string, Fact>(),
  duties: new Map<string, Expected>(),
  assignments: new Map<string, Expected>(),
  /** By assignment: the worked time that counts. */
  worked: new Map<string, Fact>(),
  /** By assignment: when its driver should have been there. */
  missed: new Map<string, Fact>(),
  replacements: new Map<string, Fact>(),
  orphans: new Map<string, Fact>(),
  /** By assignment, kind of signing and time: the signings that drivers must have made. */
  signings: new Map<string, Fact & { times: number }>(),
  /** In the same way, of sign-offs: a driver who is relieved has signed off early, or somebody else has taken over. */
  reliefs: new Map<string, Fact & { times: number }>(),
  /** By duty: up to which version it was told of. */
  told: new Map<string, Fact>(),
  /** By duty: who missed it last, and did not come after all. */
  missedBy: new Map<string, Fact>(),
  /** By duty: the assignment that was told of last, while its driver has missed it. */
  missing: new Map<string, string>(),
  /** Assignments that a person has given back to their driver, whatever the roster said before. */
  matched: new Set<string>(),
});

type Folded = ReturnType<typeof empty>;

const ofNoDuty: readonly string[] = ["DayActivated", "SigningOrphaned", "SigningMatched", "SigningDismissed"];

const hear = (folded: Folded, told: DispatchTold): void => {
  const { days, orphans, matched } = folded;
  if (!ofNoDuty.includes(told.type)) folded.told.set(told.aggregate, { version: told.version });
  switch (told.type) {
    case "DayActivated":
      days.set(told.aggregate, { depot: told.event.depotId, service_date: told.event.serviceDate });
      break;
    case "DutyCancelled":
      turn(folded, told.event.dutyId, "cancelled", causeOf(told.event.cause));
      break;
    case "DutyReactivated":
      turn(folded, told.event.dutyId, "published");
      break;
    case "SigningOrphaned":
      orphans.set(told.event.signingId, { driver: told.event.driverId, at: told.at, state: "waiting" });
      break;
    case "SigningMatched":
      matched.add(told.event.assignmentId);
      orphans.set(told.event.signingId, { ...known(orphans, told.event.signingId), state: "matched" });
      break;
    case "SigningDismissed":
      orphans.set(told.event.signingId, { ...known(orphans, told.event.signingId), state: "dismissed" });
      break;
    default:
      hearOfDriver(folded, told);
  }
};

const hearOfDriver = (folded: Folded, told: DispatchTold): void => {
  hearSigning(folded, told);
  hearMissed(folded, told);
  switch (told.type) {
    case "DriverLate":
      // What the roster takes back then is told to nobody.
      attend(folded, told.event, { state: ["late", "released"] });
      break;
    case "DriverMissed": {
      const { driverId: employee, starts, ends } = told.event;
      folded.missed.set(told.event.assignmentId, { employee, starts: timeText(starts), ends: timeText(ends) });
      attend(folded, told.event, { state: "missed" });
      break;
    }
    case "DriverSignedOn":
      turn(folded, told.event.dutyId, "in-progress");
      attend(folded, told.event, { state: "signed-on", signed_on_at: told.at });
      break;
    case "BreakStarted":
      rest(folded, told.event, "on-break", 1);
      break;
    case "BreakEnded":
      rest(folded, told.event, "signed-on", 0);
      break;
    case "DriverSignedOff": {
      const { bySystem, relieved, dutyId } = told.event;
      if (!relieved) turn(folded, dutyId, "completed");
      const state = relieved ? "relieved" : bySystem ? "signed-off-by-system" : "signed-off";
      attend(folded, told.event, { state, signed_off_at: bySystem ? null : told.at });
      break;
    }
    case "WorkedTimeVerified":
      attend(folded, told.event, { state: "verified", signed_off_at: timeText(told.event.signedOffAt) });
      break;
    case "WorkedTimeRecorded": {
      const { workedMinutes: worked_minutes, needsReview: needs_review } = told.event;
      folded.worked.set(told.event.assignmentId, toWorked(told));
      attend(folded, told.event, { worked_minutes, needs_review });
      break;
    }
    case "ReplacementPicked": {
      const { replacementId, dutyId: duty, assignmentId: assignment, passedOver: passed_over } = told.event;
      folded.replacements.set(replacementId, { duty, assignment, passed_over, state: "covered" });
      break;
    }
  }
};

const hearSigning = ({ signings, reliefs }: Folded, told: DispatchTold): void => {
  switch (told.type) {
    case "DriverSignedOn":
      sign(signings, told, "sign-on");
      break;
    case "BreakStarted":
      sign(signings, told, "start-break");
      break;
    case "BreakEnded":
      sign(signings, told, "end-break");
      break;
    case "DriverSignedOff":
      if (!told.event.bySystem) sign(told.event.relieved ? reliefs : signings, told, "sign-off");
  }
};

const sign = (
  signings: Folded["signings"],
  { event, at }: { readonly event: OfDriver; readonly at: string },
  kind: string,
): void => {
  const { assignmentId, driverId: driver, dutyId: duty } = event;
  const key = `${assignmentId} ${kind} ${at}`;
  signings.set(key, { driver, duty, times: (signings.get(key)?.times ?? 0) + 1 });
};

/** Who missed a duty has not, where they sign on before anybody else is told of. */
const hearMissed = ({ missedBy, missing }: Folded, told: DispatchTold): void => {
  switch (told.type) {
    case "DriverMissed":
      missedBy.set(told.event.dutyId, { driver: told.event.driverId });
      missing.set(told.event.dutyId, told.event.assignmentId);
      break;
    case "DriverSignedOn":
      if (missing.get(told.event.dutyId) === told.event.assignmentId) missedBy.delete(told.event.dutyId);
      missing.delete(told.event.dutyId);
      break;
    case "DriverLate":
    case "BreakStarted":
    case "BreakEnded":
    case "DriverSignedOff":
      missing.delete(told.event.dutyId);
  }
};

const attend = (
  { assignments }: Folded,
  { dutyId: duty, driverId: driver, assignmentId: id }: OfDriver,
  fields: Expected,
): void => void assignments.set(id, { ...(assignments.get(id) ?? quietAssignment), duty, driver, ...fields });

const rest = (folded: Folded, event: OfDriver, state: string, more: number): void =>
  attend(folded, event, { state, breaks: Number(folded.assignments.get(event.assignmentId)?.breaks ?? 0) + more });

const turn = ({ duties }: Folded, duty: string, state: string, cause: string | null = null): void =>
  void duties.set(duty, { state, cause });

const causeOf = (cause: CancelCause): string => (CancelCause[cause] ?? "").toLowerCase().replaceAll("_", "-");

/** The worked time that counts, as overtime is to keep it. */
const toWorked = ({ event, version }: Extract<DispatchTold, { readonly type: "WorkedTimeRecorded" }>): Fact => {
  const work = event.intervals.filter(({ kind }) => kind === WorkedKind.WORK);
  const seconds = work.reduce(
    (sum, { starts, ends }) => sum + Number((ends?.seconds ?? 0n) - (starts?.seconds ?? 0n)),
    0,
  );
  if (seconds !== event.workedMinutes * 60)
    throw new Error(`The work lasts ${seconds / 60} min, and ${event.workedMinutes} min are told.`);
  return {
    driver: event.driverId,
    duty: event.dutyId,
    depot: event.depotId,
    service_date: event.serviceDate,
    minutes: event.workedMinutes,
    work: canonical(work.map(({ starts, ends }) => ({ starts: timeText(starts), ends: timeText(ends) }))),
    version,
  };
};
