import type { paths } from "@headway/contracts/gen/openapi/integration";
import type { Chance } from "headway/demo/chance";
import { type Schemas, seen } from "headway/rehearse/headway";
import { instantOf, type Minute } from "headway/rehearse/minute";
import createClient from "openapi-fetch";
import type { Stage } from "./stage.ts";

/** What became of one order. */
export type Outcome = {
  readonly kind: Kind;
  readonly status: number;
  /** Of a refusal. */
  readonly slug: string;
  /** What it must have left behind, as its shelf names it (see tally.ts); empty where it was refused. */
  readonly left: string;
};

/** Who may be told what, and what is known of it: as old as people's screens are. */
export type Board = {
  readonly depots: readonly string[];
  /** Service dates that are activated by now. */
  readonly days: readonly string[];
  readonly drivers: readonly string[];
  readonly duties: readonly string[];
  readonly assignments: readonly Schemas["Assignment"][];
  readonly dayDuties: readonly Schemas["DayDuty"][];
  readonly drafts: readonly Schemas["Roster"][];
  readonly payPeriod: Schemas["PayPeriod"];
  readonly minute: Minute;
};

/** How often each is given, against the others. */
const shares = {
  assign: 24,
  release: 14,
  sick: 3,
  "sign-on": 22,
  "sign-off": 10,
  replace: 6,
  cancel: 2,
  reactivate: 2,
  activate: 4,
  publish: 2,
  freeze: 1,
  thaw: 1,
} as const;

export type Kind = keyof typeof shares;

type Told = { readonly data?: unknown; readonly error?: unknown; readonly response: Response };

/** Gives one order after the other, whichever the chance falls on. Null where what it saw left nothing to order. */
export const orderGiver = ({ url, key }: Pick<Stage, "url" | "key">, chance: Chance) => {
  const desk: Desk = {
    headway: createClient<paths>({
      baseUrl: `${url}/integration/v1`,
      headers: { Authorization: `Headway-Key ${key}` },
    }),
    once: () => ({ "Idempotency-Key": uuidBy(chance) }),
    oneOf: (all) => (all.length === 0 ? undefined : chance.pick(all)),
    chance,
  };
  const give: Orders<Kind> = { ...rosterOrders(desk), ...dayOrders(desk), ...signings(desk), ...payOrders(desk) };
  return async (board: Board): Promise<Outcome | null> => {
    const kind = kindBy(chance);
    const told = await give[kind](board);
    return told && toOutcome(kind, told);
  };
};

type Desk = {
  readonly headway: ReturnType<typeof createClient<paths>>;
  readonly once: () => { "Idempotency-Key": string };
  readonly oneOf: <T>(all: readonly T[]) => T | undefined;
  readonly chance: Chance;
};

type Orders<Kinds extends Kind> = Readonly<Record<Kinds, (board: Board) => Promise<Told> | null>>;

const rosterOrders = ({ headway, once, oneOf }: Desk): Orders<"assign" | "release" | "publish" | "sick"> => ({
  assign({ drivers, duties }) {
    const [driverId, dutyId] = [oneOf(drivers), oneOf(duties)];
    return driverId && dutyId
      ? headway.POST("/assignments", { params: { header: once() }, body: { driverId, dutyId } })
      : null;
  },
  release({ assignments }) {
    const held = oneOf(assignments.filter(({ id }) => id !== null));
    if (!held?.id) return null;
    const params = { path: { assignmentId: held.id }, header: { ...seen(held.version ?? 1), ...once() } };
    return headway.POST("/assignments/{assignmentId}/release", { params });
  },
  publish({ drafts }) {
    const draft = oneOf(drafts);
    if (!draft) return null;
    const params = { path: { rosterId: draft.id }, header: { ...seen(draft.version), ...once() } };
    return headway.POST("/rosters/{rosterId}/publish", { params });
  },
  sick({ drivers, minute }) {
    const [employeeId, day] = [oneOf(drivers), instantOf(minute).slice(0, 10)];
    const body = { employeeId: employeeId ?? "", kind: "sick", firstDay: day, lastDay: day, part: "full" } as const;
    return headway.POST("/absences/report", { params: { header: once() }, body });
  },
});

const dayOrders = ({ headway, once, oneOf }: Desk): Orders<"activate" | "replace" | "cancel" | "reactivate"> => {
  const onDuty =
    (call: (path: { dutyId: string }, header: ReturnType<typeof seen>) => Promise<Told>) =>
    ({ dayDuties }: Board): Promise<Told> | null => {
      const duty = oneOf(dayDuties);
      return duty ? call({ dutyId: duty.dutyId }, { ...seen(duty.version), ...once() }) : null;
    };
  return {
    activate({ depots, days }) {
      const [depotId, serviceDate] = [oneOf(depots), oneOf(days)];
      const path = { depotId: depotId ?? "", serviceDate: serviceDate ?? "" };
      return headway.POST("/depots/{depotId}/days/{serviceDate}/activate", { params: { path, header: once() } });
    },
    replace: onDuty((path, header) =>
      headway.POST("/day-duties/{dutyId}/replace", { params: { path, header }, body: { note: "nobody came" } }),
    ),
    cancel: onDuty((path, header) =>
      headway.POST("/day-duties/{dutyId}/cancel", { params: { path, header }, body: { cause: "no-driver" } }),
    ),
    reactivate: onDuty((path, header) => headway.POST("/day-duties/{dutyId}/reactivate", { params: { path, header } })),
  };
};

/** Mostly the driver whom the board shows, and mostly with the duty said. */
const signings = ({ headway, oneOf, chance }: Desk): Orders<"sign-on" | "sign-off"> => {
  const sign =
    (kind: Schemas["SigningKind"]) =>
    ({ dayDuties, drivers, minute }: Board): Promise<Told> | null => {
      const duty = oneOf(dayDuties);
      if (!duty) return null;
      const shown = chance.happens(0.8) ? duty.assignments.at(-1)?.driverId : undefined;
      const [signingId, driverId] = [uuidBy(chance), shown ?? oneOf(drivers) ?? ""];
      const body = { signingId, driverId, kind, at: instantOf(minute) };
      const withDuty = chance.happens(0.7) ? { ...body, dutyId: duty.dutyId } : body;
      return signed(signingId, headway.POST("/signings", { body: withDuty }));
    };
  return { "sign-on": sign("sign-on"), "sign-off": sign("sign-off") };
};

const payOrders = ({ headway, once }: Desk): Orders<"freeze" | "thaw"> => {
  const ofPeriod =
    (what: "close" | "reopen") =>
    ({ payPeriod: { id, version } }: Board): Promise<Told> =>
      headway.POST(`/pay-periods/{payPeriodId}/${what}`, {
        params: { path: { payPeriodId: id }, header: { ...seen(version), ...once() } },
      });
  return { freeze: ofPeriod("close"), thaw: ofPeriod("reopen") };
};

/** The answer does not say which signing it was. */
const signed = async (signingId: string, telling: Promise<Told>): Promise<Told> => {
  const told = await telling;
  return told.response.ok ? { ...told, data: { signingId } } : told;
};

const kindBy = (chance: Chance): Kind => {
  const kinds = Object.keys(shares) as Kind[];
  let left = chance.share() * kinds.reduce((sum, kind) => sum + shares[kind], 0);
  for (const kind of kinds) {
    left -= shares[kind];
    if (left < 0) return kind;
  }
  return "assign";
};

const toOutcome = (kind: Kind, { data, error, response }: Told): Outcome => ({
  kind,
  status: response.status,
  slug: response.ok ? "" : textAt(error, "slug"),
  left: response.ok ? leftBy[kind](data) : "",
});

const id = (data: unknown): string => textAt(data, "id");
const versionOf =
  (name: string) =>
  (data: unknown): string =>
    `${textAt(data, name)}/${fieldOf(data, "version")}`;

/** What an answer says that is there now. */
const leftBy: Readonly<Record<Kind, (data: unknown) => string>> = {
  assign: (data) => id(fieldOf(data, "assignment")),
  release: id,
  sick: id,
  "sign-on": (data) => textAt(data, "signingId"),
  "sign-off": (data) => textAt(data, "signingId"),
  replace: (data) => id([fieldOf(fieldOf(data, "duty"), "assignments")].flat().at(-1)),
  activate: (data) => `${textAt(data, "depotId")}/${textAt(data, "serviceDate")}`,
  cancel: versionOf("dutyId"),
  reactivate: versionOf("dutyId"),
  publish: versionOf("id"),
  freeze: versionOf("id"),
  thaw: versionOf("id"),
};

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;

const textAt = (value: unknown, name: string): string => {
  const found = fieldOf(value, name);
  return typeof found === "string" ? found : "";
};

/** A UUID (version 8, RFC 9562) from the seed. */
const uuidBy = (chance: Chance): string => {
  const hex = Array.from({ length: 32 }, () => chance.whole(0, 15).toString(16)).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};
