import type { Databases, ServiceName } from "./databases.ts";
import { services } from "./databases.ts";
import type { Check } from "./finding.ts";
import type { Audited } from "./logs.ts";

/** Nothing is stuck: once all is quiet, nothing waits to be told, handled or done. */
export const checkAtRest = async ({ db }: Audited): Promise<readonly Check[]> => [
  ...(await Promise.all(services.flatMap((service) => [checkUnpublished(db, service), checkParked(db, service)]))),
  ...(await Promise.all(waiting.map((one) => checkWaiting(db, one)))),
];

const checkUnpublished = async (db: Databases, service: ServiceName): Promise<Check> => {
  const [count] = await db.rows<{ all: number; unpublished: number; first: string | null }>(
    service,
    `select count(*) as all, count(*) filter (where published_at is null) as unpublished,
       min(position) filter (where published_at is null) as first from event_log`,
  );
  const { all = 0, unpublished = 0, first = null } = count ?? {};
  const wrong = unpublished > 0 ? [`${unpublished} events wait, from position ${first} on.`] : [];
  return { where: `unpublished events of ${service}`, looked: all, wrong };
};

const checkParked = async (db: Databases, service: ServiceName): Promise<Check> => {
  const [handled] = await db.rows<{ count: number }>(service, "select count(*) from inbox");
  const parked = await db.rows<{ consumer: string; type: string; reason: string; count: number }>(
    service,
    "select consumer, type, reason, count(*) from parked_event group by consumer, type, reason order by consumer, type",
  );
  return {
    where: `parked events of ${service}`,
    looked: (handled?.count ?? 0) + parked.length,
    wrong: parked.map(
      ({ consumer, type, reason, count }) => `${consumer}: ${count} of ${type}, ${reason || "behind another"}.`,
    ),
  };
};

/** Something that goes on by itself: what there is of it (`from`), and which of it should have come further. */
type Waiting = {
  readonly where: string;
  readonly service: ServiceName;
  readonly from: string;
  readonly stuck: string;
  /** A text for a finding. */
  readonly told: string;
};

// A rehearsal has its own time.
const clock = "coalesce((select stands_at from rehearsal_clock), now())";

const waiting: readonly Waiting[] = [
  {
    where: "closings of pay periods",
    service: "accounting",
    from: "pay_period left join closing on pay_period_id = id",
    // At rest there is none; and a period that is half closed has one that leads on.
    stuck: "step is not null or state in ('frozen', 'calculated')",
    told: "'Period ' || id || ' is ' || state || ', its closing ' || coalesce('at ' || step, 'gone') || ', waiting for: ' || waiting_for",
  },
  {
    where: "replacements",
    service: "dispatch",
    from: "replacement join duty on duty.id = duty_id",
    stuck: `replacement.state = 'wanted' and (duty.ends < ${clock} or duty.state not in ('published', 'in-progress'))`,
    told: "'Replacement ' || replacement.id || ' is still wanted, and its duty was over at ' || duty.ends",
  },
  {
    where: "assignments that the clock should have moved",
    service: "dispatch",
    from: "assignment",
    stuck: `due_at < ${clock} - interval '30 seconds'`,
    told: "'Assignment ' || id || ' is ' || state || ', and was due at ' || due_at",
  },
  {
    where: "staff imports",
    service: "hr",
    from: "staff_import",
    stuck: "state = 'running'",
    told: "'Import ' || id || ' stands at row ' || rows_done || ' of ' || rows",
  },
  {
    where: "qualifications that have expired",
    service: "hr",
    from: "qualification",
    stuck: `not expiry_told and valid_until < (${clock} - interval '2 days')::date`,
    told: "employee_id || ' had ' || code || ' until ' || valid_until",
  },
  {
    where: "feed imports",
    service: "planning",
    from: "feed_import",
    stuck: "state = 'running'",
    told: "'Import ' || id || ' of ' || file_name || ' stands at ' || rows_done || ' rows'",
  },
  {
    where: "swaps that nobody can carry out any more",
    service: "scheduling",
    from: "swap",
    stuck: `state in ('pending', 'accepted') and expires_at < ${clock} - interval '2 minutes'`,
    told: "'Swap ' || id || ' is ' || state || ', and too late since ' || expires_at",
  },
  {
    where: "weeks to be calculated anew",
    service: "overtime",
    from: "driver_week",
    stuck: "stale",
    told: "'Week ' || first_day || ' of ' || driver_id",
  },
  {
    where: "leavers whose last day is over",
    service: "iam",
    from: "leaver",
    stuck: `last_day < ((${clock} - interval '2 minutes') at time zone 'Etc/GMT+12')::date`,
    told: "employee_id || ' left on ' || last_day",
  },
  {
    where: "sessions that a change of their user ends",
    service: "iam",
    from: "app_user left join sessions_to_end on user_id = id",
    stuck: "user_id is not null",
    told: "'Sessions of ' || id || ' from before its version ' || before_version",
  },
];

const checkWaiting = async (db: Databases, { where, service, from, stuck, told }: Waiting): Promise<Check> => {
  const [all] = await db.rows<{ count: number }>(service, `select count(*) from ${from}`);
  const found = await db.rows<{ told: string }>(
    service,
    `select ${told} as told from ${from} where ${stuck} limit 100`,
  );
  return { where, looked: all?.count ?? 0, wrong: found.map(({ told }) => `${told}.`) };
};
