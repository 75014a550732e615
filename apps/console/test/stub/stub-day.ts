import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { type Answer, ok, problem } from "./answer.ts";
import type { SampleDay } from "./sample-day.ts";

type Schemas = components["schemas"];
type BoardDuty = Schemas["BoardDuty"];
type Found = {
  readonly duty: BoardDuty;
  readonly depotId: string;
  readonly serviceDate: string;
  /** When its driver signed on elsewhere; null where they have not. */
  readonly nextWork: string | null;
};
export type Change = (dutyId: string, type: string, change: Partial<BoardDuty>) => void;

type Asked = {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, string>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
};

const spare = { driverId: "019348e2-0000-7000-8000-000700000001", driverNumber: "20001", driverName: "Ida Spare" };
const unfit = { driverId: "019348e2-0000-7000-8000-000700000002", driverNumber: "20002", driverName: "Tom Tired" };
/** Whoever has left a duty of which the rest is open. */
const early = { driverId: "019348e2-0000-7000-8000-000700000003", driverNumber: "20003", driverName: "Eva Early" };

/** Duties of the sample day as their owner and the roster tell them, and what orders make of them. */
export class StubDay {
  /** Signings that wait for a person. */
  orphaned: Schemas["OrphanedSigning"][] = [];
  /** When the drivers of duties signed on elsewhere, by duty. */
  readonly nextWork = new Map<string, string>();
  readonly #day: () => SampleDay;
  readonly #change: Change;

  constructor(day: () => SampleDay, change: Change) {
    this.#day = day;
    this.#change = change;
  }

  answer(asked: Asked): Answer | null {
    const [, dutyId, order] = /^\/day-duties\/([^/]+)(?:\/(.+))?$/.exec(asked.path) ?? [];
    const [, candidatesOf] = /^\/duties\/([^/]+)\/candidates$/.exec(asked.path) ?? [];
    const [, driverId, what] = /^\/drivers\/([^/]+)\/(signings|duties)$/.exec(asked.path) ?? [];
    const [, signingId] = /^\/orphaned-signings\/([^/]+)\/(match|dismiss)$/.exec(asked.path) ?? [];
    if (dutyId !== undefined) return this.#duty(dutyId, order, asked);
    if (candidatesOf !== undefined) return ok({ fit: [candidate(spare, [])], leftOut: [candidate(unfit, [tired])] });
    if (driverId !== undefined)
      return ok({ items: what === "duties" ? this.#held(driverId) : this.#signings(driverId) });
    if (signingId !== undefined) return this.#settle(signingId, asked);
    if (asked.path === "/signings") return this.#sign(asked);
    if (asked.path.endsWith("/orphaned-signings")) return ok({ items: this.#orphanedOf(asked.path) });
    return asked.path.startsWith("/employees/") ? ok(employee(asked.path.split("/")[2] ?? "")) : null;
  }

  #duty(dutyId: string, order: string | undefined, { body, headers }: Asked): Answer {
    const found = this.#find(dutyId);
    if (found === null) return problem(404, "duty.unknown");
    if (order === undefined) return ok(toDayDuty(found));
    if (headers["if-match"] !== '"1"') return problem(412, "duty.changed");
    if (headers["idempotency-key"] === undefined) return problem(400, "key.missing");
    if (order === "cancel")
      this.#change(dutyId, "DutyCancelled", {
        state: "cancelled",
        cancelCause: body.cause as Schemas["CancelCause"],
        ...nobody,
      });
    if (order === "reactivate") this.#change(dutyId, "DutyReactivated", { state: "open", cancelCause: null });
    if (order.endsWith("/verify"))
      this.#change(dutyId, "WorkedTimeVerified", { state: "done", signedOffAt: body.signedOffAt ?? null });
    if (order !== "replace") return ok(toDayDuty(found));
    this.#change(dutyId, "ReplacementPicked", { state: "covered", ...spare });
    return ok({ duty: toDayDuty(found), ...spare, leftOut: [{ ...unfit, reason: tired.message }] });
  }

  #sign({ body: { dutyId = "", kind, at = "" } }: Asked): Answer {
    if (kind === "sign-on") this.#change(dutyId, "DriverSignedOn", { state: "on-duty", signedOnAt: at });
    else this.#change(dutyId, "DriverSignedOff", { state: "done", signedOffAt: at });
    return ok({ match: "matched", dutyId, assignment: null });
  }

  #settle(signingId: string, { body }: Asked): Answer {
    const signing = this.orphaned.find((one) => one.signingId === signingId);
    if (signing === undefined) return problem(404, "signing.unknown");
    this.orphaned = this.orphaned.filter((one) => one !== signing);
    const found = this.#find(body.assignmentId ?? "");
    return ok(found === null ? { ...signing, state: "dismissed" } : { signing, duty: toDayDuty(found) });
  }

  #orphanedOf(path: string): Schemas["OrphanedSigning"][] {
    const [first] = this.#day().depots;
    return path.includes(first?.id ?? "") ? this.orphaned : [];
  }

  #all(): Found[] {
    return [...this.#day().boards].flatMap(([depotId, { duties, serviceDate }]) =>
      duties.map((duty) => ({ duty, depotId, serviceDate, nextWork: this.nextWork.get(duty.dutyId) ?? null })),
    );
  }

  #find(dutyId: string): Found | null {
    return this.#all().find(({ duty }) => duty.dutyId === dutyId) ?? null;
  }

  #held(driverId: string): unknown[] {
    return this.#all()
      .filter(({ duty }) => duty.driverId === driverId)
      .map(({ duty }) => ({ id: duty.dutyId, dutyId: duty.dutyId, workMinutes: 452, version: 1 }));
  }

  #signings(driverId: string): Schemas["Signing"][] {
    return this.#all().flatMap(({ duty: { driverId: held, dutyId, signedOnAt, signedOffAt } }) => {
      const signed = [
        { kind: "sign-on", at: signedOnAt },
        { kind: "sign-off", at: signedOffAt },
      ] as const;
      return signed.flatMap(({ kind, at }) =>
        held !== driverId || at === null ? [] : [{ signingId: `${dutyId}-${kind}`, driverId, dutyId, kind, at }],
      );
    });
  }
}

const nobody = { driverId: null, driverNumber: null, driverName: null };

const tired = {
  rule: "eu-2003-88.rest",
  ruleVersion: 1,
  error: true,
  measured: 540,
  limit: 660,
  message: "Rest of 9:00 is 2 h short of 11:00.",
};

const candidate = (driver: typeof spare, findings: Schemas["RuleFinding"][]): Schemas["Candidate"] => ({
  ...driver,
  weekMinutes: 1500,
  contractMinutes: 2160,
  findings,
});

const employee = (id: string): Partial<Schemas["Employee"]> => ({
  id,
  contracts: [
    {
      id,
      agreement: "standard",
      weeklyMinutes: 2160,
      hourlyRateMinor: null,
      currency: null,
      validFrom: "2026-01-01",
    },
  ],
});

const assignmentStates: Record<Schemas["BoardState"], Schemas["AssignmentState"]> = {
  covered: "assigned",
  "on-duty": "signed-on",
  "on-break": "on-break",
  late: "late",
  missed: "missed",
  open: "released",
  cancelled: "released",
  done: "signed-off",
  "needs-review": "needs-review",
};

/** Of whoever missed a duty that another has by now. */
const missedBefore = (
  { driverId, missedById, missedByName }: BoardDuty,
  assignment: Schemas["DayAssignment"],
): Schemas["DayAssignment"][] =>
  driverId === null || missedById === null
    ? []
    : [{ ...assignment, id: missedById, driverId: missedById, driverName: missedByName, state: "missed" }];

const signedOffBySystem = 4 * 3_600_000;

/** The latest sign-off that can be verified. */
const countsUntil = ({ duty: { signedOnAt, signedOffAt, ends }, nextWork }: Found): string | null => {
  if (signedOnAt === null || nextWork !== null) return nextWork;
  return new Date(Math.max(Date.parse(ends) + signedOffBySystem, Date.parse(signedOffAt ?? ends))).toISOString();
};

const toDayDuty = (found: Found): Schemas["DayDuty"] => {
  const { duty, depotId, serviceDate } = found;
  const left = duty.state === "open" && duty.signedOffAt !== null ? early : null;
  const driverId = duty.driverId ?? duty.missedById ?? left?.driverId ?? null;
  const assignment = {
    id: duty.dutyId,
    driverId: driverId ?? "",
    driverNumber: duty.driverNumber ?? left?.driverNumber ?? null,
    driverName: duty.driverName ?? duty.missedByName ?? left?.driverName ?? null,
    state: left === null ? assignmentStates[duty.state] : ("signed-off" as const),
    signedOnAt: duty.signedOnAt,
    signedOffAt: duty.signedOffAt,
    workedMinutes: duty.signedOffAt === null ? 0 : 452,
    replacementReason: null,
    replacementNote: null,
    verifiedBy: null,
    verifiedAt: null,
    countsUntil: countsUntil(found),
    version: 1,
  };
  return {
    dutyId: duty.dutyId,
    depotId,
    serviceDate,
    runId: duty.runId,
    line: duty.line,
    starts: duty.starts,
    ends: duty.ends,
    state: duty.state === "cancelled" ? "cancelled" : duty.state === "done" ? "completed" : "in-progress",
    open: duty.driverId === null,
    cancelCause: duty.cancelCause,
    cancelNote: null,
    assignments: [...missedBefore(duty, assignment), ...(driverId === null ? [] : [assignment])],
    version: 1,
  };
};
