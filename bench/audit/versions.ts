import type { Databases, ServiceName } from "./databases.ts";
import type { Check } from "./finding.ts";

/**
 * How the events of one kind of aggregate count its versions:
 * - `each`: one event, one version, from 1 on without a gap;
 * - `rising`: every event has a version of its own, and some versions are told to nobody;
 * - `together`: one change may tell several events of one version.
 */
type Counting = "each" | "rising" | "together";

type Aggregate = {
  readonly service: ServiceName;
  readonly types: readonly string[];
  readonly counting: Counting;
  /** The columns `aggregate` and `version`, where the service keeps them. */
  readonly state: string | null;
  /** Whether the state may stand at a later version than what was last told. */
  readonly silent?: boolean;
  /** Whether the state may be gone. */
  readonly mayBeGone?: boolean;
};

const aggregates: readonly Aggregate[] = [
  {
    service: "iam",
    types: ["UserCreated", "UserDisabled", "RoleGranted", "RoleRevoked"],
    counting: "together",
    state: "select id::text as aggregate, version from app_user",
    // A password is nobody else's business.
    silent: true,
  },
  {
    service: "iam",
    types: ["ServiceAccountCreated", "ServiceAccountRevoked"],
    counting: "each",
    state: "select id::text as aggregate, case when revoked then 2 else 1 end as version from service_account",
  },
  { service: "iam", types: ["SessionRevoked"], counting: "each", state: null },
  {
    service: "hr",
    types: ["DepotOpened"],
    counting: "each",
    state: "select id::text as aggregate, version from depot",
  },
  {
    service: "hr",
    types: [
      "EmployeeHired",
      "EmployeeMoved",
      "EmployeeTerminated",
      "ContractChanged",
      "QualificationGranted",
      "QualificationExpired",
    ],
    counting: "together",
    state: "select id::text as aggregate, version from employee",
    // So is a name.
    silent: true,
  },
  {
    service: "hr",
    types: ["AbsenceRequested", "AbsenceApproved", "AbsenceDenied", "AbsenceCancelled"],
    counting: "each",
    state: "select id::text as aggregate, version from absence",
  },
  {
    service: "planning",
    types: ["DutyPlanned", "DutyChanged", "DutyWithdrawn"],
    counting: "each",
    state: "select id::text as aggregate, version from duty",
  },
  {
    service: "scheduling",
    types: ["DutyAssigned", "DutyReleased"],
    counting: "each",
    state: "select id::text as aggregate, told as version from duty where told > 0",
  },
  {
    service: "scheduling",
    types: ["RosterPublished"],
    counting: "rising",
    state: "select id::text as aggregate, version from roster where published_at is not null",
    silent: true,
  },
  {
    service: "scheduling",
    types: ["SwapRequested", "SwapAccepted", "SwapDeclined", "SwapCancelled", "SwapExpired", "SwapApproved"],
    counting: "each",
    state: "select id::text as aggregate, version from swap",
  },
  {
    service: "dispatch",
    types: ["DayActivated"],
    counting: "each",
    state: "select id::text as aggregate, 1 as version from day where activated_at is not null",
  },
  {
    service: "dispatch",
    types: [
      "DriverSignedOn",
      "DriverLate",
      "DriverMissed",
      "BreakStarted",
      "BreakEnded",
      "DriverSignedOff",
      "WorkedTimeRecorded",
      "WorkedTimeVerified",
      "ReplacementPicked",
      "DutyCancelled",
      "DutyReactivated",
    ],
    counting: "rising",
    // A duty of which nothing was told yet has no event; that those that have one are there, is what counts.
    state:
      "select aggregate_id as aggregate, (select version from duty where id = aggregate_id::uuid) as version from (select distinct aggregate_id from event_log where type not in ('DayActivated', 'SigningOrphaned', 'SigningMatched', 'SigningDismissed')) as told",
    silent: true,
  },
  {
    service: "dispatch",
    types: ["SigningOrphaned", "SigningMatched", "SigningDismissed"],
    counting: "each",
    state: "select signing_id::text as aggregate, version from orphaned_signing",
  },
  {
    service: "overtime",
    types: ["WorkedDayCalculated"],
    counting: "each",
    state:
      "select driver_id || '/' || service_date as aggregate, revision as version from worked_week, jsonb_to_recordset(days) as day (service_date date, revision integer)",
  },
  {
    service: "accounting",
    types: [
      "PayPeriodOpened",
      "PayPeriodFrozen",
      "PayPeriodThawed",
      "PayrollCalculated",
      "PayrollExported",
      "PayPeriodClosed",
    ],
    counting: "each",
    state: "select id::text as aggregate, version from pay_period",
  },
  {
    service: "notification",
    types: ["NoticeDelivered", "NoticeAcknowledged"],
    counting: "each",
    state: "select id::text as aggregate, version from notice",
    // News that turns out to be none is taken back.
    mayBeGone: true,
  },
];

const badly: Record<Counting, string> = {
  each: "version <> place",
  rising: "version <= coalesce(before, 0)",
  together: "version < coalesce(before, 1)",
};

const about = "versions of";

/** Whether a check is about the order of events: what it finds is out of order, missing or there twice. */
export const isOfVersions = ({ where }: Check): boolean => where.startsWith(about);

/** The versions in each log: without gap or doubling as far as the service counts so, and up to where its state stands. */
export const checkVersions = async (db: Databases): Promise<readonly Check[]> => {
  const known = await Promise.all(aggregates.map((aggregate) => checkAggregate(db, aggregate)));
  return [...known, ...(await checkTypes(db))];
};

const checkAggregate = async (db: Databases, aggregate: Aggregate): Promise<Check> => {
  const { service, types, counting, state, silent = false, mayBeGone = false } = aggregate;
  const counted = await db.rows<{ aggregate: string; version: number; before: number | null; place: number }>(
    service,
    `select aggregate, version, before, place from (
       select aggregate_id as aggregate, aggregate_version as version, lag(aggregate_version) over told as before, row_number() over told as place
       from event_log where type = any($1) window told as (partition by aggregate_id order by position)) as event
     where ${badly[counting]}`,
    [types],
  );
  const behind = await db.rows<{ aggregate: string; told: number | null; version: number | null }>(
    service,
    `select aggregate, told, version from
       (select aggregate_id as aggregate, max(aggregate_version) as told, count(*) from event_log where type = any($1) group by aggregate_id) as log
       full join (${state ?? "select null as aggregate, 0 as version where false"}) as state using (aggregate)
     where ${state ? `told is null or ${mayBeGone ? "" : "version is null or "}version ${silent ? "<" : "<>"} told` : "false"}`,
    [types],
  );
  const [events] = await db.rows<{ count: number }>(service, "select count(*) from event_log where type = any($1)", [
    types,
  ]);
  return {
    where: `${about} ${service}'s ${types[0]} and so on (${counting})`,
    looked: events?.count ?? 0,
    wrong: [
      ...counted.map(
        (one) => `${one.aggregate}: event ${one.place} has version ${one.version}, after ${one.before ?? 0}.`,
      ),
      ...behind.map(
        (one) => `${one.aggregate} stands at version ${one.version}, and ${one.told ?? "nothing"} was told.`,
      ),
    ],
  };
};

/** So that a new event does not go unseen. */
const checkTypes = async (db: Databases): Promise<readonly Check[]> =>
  Promise.all(
    [...new Set(aggregates.map(({ service }) => service))].map(async (service) => {
      const seen = aggregates.filter((one) => one.service === service).flatMap(({ types }) => types);
      const types = await db.rows<{ type: string }>(service, "select distinct type from event_log order by type");
      return {
        where: `types of ${service}'s events`,
        looked: types.length,
        wrong: types
          .filter(({ type }) => !seen.includes(type))
          .map(({ type }) => `The audit does not know ${type}: it must learn what follows from it.`),
      };
    }),
  );
