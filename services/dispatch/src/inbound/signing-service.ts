import type { ServiceImpl } from "@connectrpc/connect";
import {
  SigningKind as ProtoKind,
  SigningMatch as ProtoMatch,
  type Signing as SigningDto,
  type SigningService,
} from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { toInstant, toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Clock } from "@headway/kernel/clock";
import { DomainError, denied, invalid } from "@headway/kernel/domain-error";
import { type DepotId, type DriverId, type DutyId, parseId } from "@headway/kernel/ids";
import { startOfDay } from "@headway/kernel/service-day";
import { parseSpan } from "@headway/kernel/time";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import {
  type Caller,
  callerOf,
  depotsOf,
  employeeOf,
  hasInDepot,
  isSelf,
  mayInDepot,
  type Role,
} from "@headway/service/caller";
import { nextDuty } from "../model/next-duty.ts";
import type { Signing, SigningId, SigningKind, SigningMatch, TakenSigning } from "../model/signing.ts";
import type { dayQueries } from "../outbound/day-queries.ts";
import type { driverQueries } from "../outbound/driver-repository.ts";
import type { signingQueries } from "../outbound/signing-repository.ts";
import type { SignInput } from "../usecases/sign.ts";
import { toDayAssignment } from "./day-duty.ts";
import { readWord } from "./reading.ts";

export type SigningServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly days: Pick<ReturnType<typeof dayQueries>, "get">;
  readonly drivers: ReturnType<typeof driverQueries>;
  readonly signings: ReturnType<typeof signingQueries>;
  readonly sign: Command<SignInput, TakenSigning>;
};

const dispatchers: readonly Role[] = ["dispatcher", "admin"];
const viewers: readonly Role[] = ["dispatcher", "payroll", "auditor", "admin"];
const most = 500;
/** A year and a day. */
const mostDays = 367;

export const signingService = ({
  inTx,
  clock,
  days,
  drivers,
  signings,
  sign,
}: SigningServiceNeeds): ServiceImpl<typeof SigningService> => {
  const signFor = async (caller: Caller, said: SigningDto | undefined): Promise<TakenSigning> => {
    const signing = toSigning(said);
    const depots = await depotsFor(caller, signing);
    return inTx((tx) => sign(tx, { signing, depots, now: clock.now() }));
  };

  /** Where the caller may sign for this driver: drivers for themselves everywhere, dispatchers in their depots. */
  const depotsFor = async (caller: Caller, { driver, duty }: Signing): Promise<readonly DepotId[] | null> => {
    if (isSelf(caller, driver)) return null;
    const depots = depotsOf(caller, dispatchers);
    if (depots?.length === 0) throw denied("signing.not-yours", "You can sign for yourself only.");
    if (duty) mayInDepot(caller, dispatchers, (await days.get(duty)).depot);
    return depots;
  };

  return {
    async sign({ signing }, context) {
      const { match, duty, assignment: id } = await signFor(callerOf(context), signing);
      const shown = duty ? await days.get(duty) : null;
      const assignment = shown?.assignments.find((one) => one.id === id);
      return {
        match: matches.toProto(match),
        dutyId: duty ?? "",
        ...(shown && assignment ? { assignment: toDayAssignment(assignment, shown.version) } : {}),
      };
    },

    async signBatch(request, context) {
      if (request.signings.length > most)
        throw invalid("signing.too-many", `At most ${most} signings at once, not ${request.signings.length}.`, {
          field: "signings",
        });
      const caller = callerOf(context);
      const results = new Map<SigningDto, Result>();
      // In the order in which they happened, so that a sign-off finds its sign-on; answered as asked.
      for (const said of request.signings.toSorted(byTime))
        results.set(said, await signFor(caller, said).then(toTaken(said), toRefused(said)));
      return { results: request.signings.flatMap((said) => results.get(said) ?? []) };
    },

    async getNextDuty(_request, context) {
      const driver = employeeOf(callerOf(context));
      const now = clock.now();
      const next = nextDuty(await drivers.duties(driver, now), now);
      if (!next) return {};
      const last = await signings.lastFor(driver, next.duty);
      const about = { dutyId: next.duty, serviceDate: next.serviceDate.toString() };
      return { ...about, ...(last ? { lastSigning: toSigningDto(last) } : {}) };
    },

    async listSignings({ driverId, ...said }, context) {
      const caller = callerOf(context);
      const driver = parseId<DriverId>(driverId, "driverId");
      const { from, to } = parseSpan(said, mostDays);
      const { depot, zone } = await drivers.homeOf(driver);
      if (!isSelf(caller, driver) && !hasInDepot(caller, viewers, depot))
        throw denied("signing.not-yours", "You can see your own signings only, or those of your depots.");
      const time = { starts: startOfDay(from, zone), ends: startOfDay(to.add({ days: 1 }), zone) };
      return { signings: (await signings.list(driver, time)).map(toSigningDto) };
    },
  };
};

type Result = { signingId: string; match: ProtoMatch; slug: string; message: string };

const kinds = wordsOf<SigningKind, ProtoKind>({
  "sign-on": ProtoKind.SIGN_ON,
  "sign-off": ProtoKind.SIGN_OFF,
  "start-break": ProtoKind.START_BREAK,
  "end-break": ProtoKind.END_BREAK,
});

const matches = wordsOf<SigningMatch, ProtoMatch>({
  matched: ProtoMatch.MATCHED,
  early: ProtoMatch.EARLY,
  late: ProtoMatch.LATE,
  orphaned: ProtoMatch.ORPHANED,
});

const toSigning = (said: SigningDto | undefined): Signing => {
  if (!said) throw invalid("field.empty", "signing must not be empty.", { field: "signing" });
  return {
    id: parseId<SigningId>(said.signingId, "signingId"),
    driver: parseId<DriverId>(said.driverId, "driverId"),
    duty: said.dutyId === "" ? null : parseId<DutyId>(said.dutyId, "dutyId"),
    kind: readWord(kinds, said.kind, "kind"),
    // As fine as the database keeps it, so that the same signing is found the same again.
    at: toInstant(said.at, "at").round("millisecond"),
  };
};

export const toSigningDto = ({ signing, duty }: TakenSigning) => ({
  signingId: signing.id,
  driverId: signing.driver,
  dutyId: duty ?? "",
  kind: kinds.toProto(signing.kind),
  at: toTimestamp(signing.at),
});

const toTaken =
  ({ signingId }: SigningDto) =>
  ({ match }: TakenSigning): Result => ({ signingId, match: matches.toProto(match), slug: "", message: "" });

const toRefused =
  ({ signingId }: SigningDto) =>
  (error: unknown): Result => {
    if (!(error instanceof DomainError)) throw error;
    return { signingId, match: ProtoMatch.UNSPECIFIED, slug: error.slug, message: error.message };
  };

const byTime = (a: SigningDto, b: SigningDto): number => secondsOf(a) - secondsOf(b);

const secondsOf = ({ at }: SigningDto): number => Number(at?.seconds ?? 0) + (at?.nanos ?? 0) / 1e9;
