import { createHash } from "node:crypto";
import { type Duty, type Held, nameOfHeld } from "./duty.ts";
import { type Answer, answerOf, type Headway, once, Refused, type Schemas, seen } from "./headway.ts";
import { instantOf, type Minute } from "./minute.ts";

/** What a driver does at a terminal, and when. */
export type Signing = { readonly held: Held; readonly kind: Schemas["SigningKind"]; readonly minute: Minute };

/** What a dispatcher does, through the API. */
export type Desk = ReturnType<typeof openDesk>;

export type DeskNeeds = {
  readonly headway: Headway;
  readonly duties: ReadonlyMap<string, Duty>;
  /** Waits until all have heard of an order. */
  readonly settle: () => Promise<void>;
};

const mostInBatch = 500;

export const openDesk = ({ headway, duties, settle }: DeskNeeds) => ({
  /** Makes a depot's day operational; answers who is on each of its duties, null for nobody. */
  activate: async (depotId: string, serviceDate: string): Promise<Map<Duty, Held | null>> => {
    const path = { depotId, serviceDate };
    answerOf(await headway.POST("/depots/{depotId}/days/{serviceDate}/activate", { params: { path, header: once() } }));
    await settle();
    return new Map((await dayOf(headway, depotId, serviceDate)).flatMap((dayDuty) => known(duties, dayDuty)));
  },

  /** Reports a driver sick for a day, or for its afternoon. */
  reportSick: async (employeeId: string, day: string, part: Schemas["DayPart"]): Promise<void> => {
    answerOf(
      await headway.POST("/absences/report", {
        params: { header: once() },
        body: { employeeId, kind: "sick", firstDay: day, lastDay: day, part },
      }),
    );
    await settle();
  },

  cancel: async (duty: Duty, cause: Schemas["CancelCause"]): Promise<void> => {
    const path = { dutyId: duty.id };
    await untilNotStale(async () => {
      const { version } = await dayDutyOf(headway, duty);
      const header = seen(version);
      return headway.POST("/day-duties/{dutyId}/cancel", { params: { path, header }, body: { cause } });
    });
    await settle();
  },

  /** Finds somebody for a duty that nobody is on. Answers who is on it now, null when nobody could be found. */
  cover: async (duty: Duty, note: string): Promise<Held | null> => {
    const before = await dayDutyOf(headway, duty);
    if (before.state === "cancelled") return null;
    if (!before.open) return holderOf(duty, before);
    const path = { dutyId: duty.id };
    try {
      await untilNotStale(async () => {
        const header = seen((await dayDutyOf(headway, duty)).version);
        return headway.POST("/day-duties/{dutyId}/replace", { params: { path, header }, body: { note } });
      });
    } catch (error) {
      if (error instanceof Refused && error.status === 409) return null;
      throw error;
    }
    await settle();
    return holderOf(duty, await dayDutyOf(headway, duty));
  },

  /** Hands in what drivers did. Answers what was not taken as it should be, in words. */
  sign: async (signings: readonly Signing[]): Promise<string[]> => {
    const wrong: string[] = [];
    for (let from = 0; from < signings.length; from += mostInBatch)
      wrong.push(...(await signBatch(headway, signings.slice(from, from + mostInBatch))));
    return wrong;
  },
});

const mostTries = 5;

/** Changes what others may change at the same time: looks again when somebody was faster. */
const untilNotStale = async <Data>(change: () => Promise<Answer<Data>>): Promise<NonNullable<Data>> => {
  for (let tries = 1; ; tries++) {
    const answer = await change();
    if (answer.response.status !== 412 || tries >= mostTries) return answerOf(answer);
  }
};

export const dayOf = async (headway: Headway, depotId: string, serviceDate: string): Promise<Schemas["DayDuty"][]> =>
  answerOf(
    await headway.GET("/depots/{depotId}/days/{serviceDate}/duties", { params: { path: { depotId, serviceDate } } }),
  ).items;

const dayDutyOf = async (headway: Headway, { id }: Duty): Promise<Schemas["DayDuty"]> =>
  answerOf(await headway.GET("/day-duties/{dutyId}", { params: { path: { dutyId: id } } }));

const known = (duties: ReadonlyMap<string, Duty>, dayDuty: Schemas["DayDuty"]): [Duty, Held | null][] => {
  const duty = duties.get(dayDuty.dutyId);
  return duty ? [[duty, holderOf(duty, dayDuty)]] : [];
};

/** The newest assignment of a duty that is not open. */
const holderOf = (duty: Duty, { open, assignments }: Schemas["DayDuty"]): Held | null => {
  const newest = assignments.at(-1);
  return !open && newest?.driverNumber ? { duty, driver: newest.driverId, number: newest.driverNumber } : null;
};

const signBatch = async (headway: Headway, signings: readonly Signing[]): Promise<string[]> => {
  const body = { signings: signings.map(toNewSigning) };
  const { results } = answerOf(await headway.POST("/signings/batch", { body }));
  return results.flatMap(({ match, message }, index) => {
    const signing = signings[index];
    if (!signing || (match !== null && match !== "orphaned")) return [];
    const { kind, held, minute } = signing;
    return [
      `${kind} of ${held.number} for ${held.duty.run} at ${instantOf(minute)}: ${message ?? "fits no assignment"}`,
    ];
  });
};

const toNewSigning = ({ held, kind, minute }: Signing): Schemas["NewSigning"] => ({
  signingId: uuidOf(`${nameOfHeld(held)} ${held.duty.id} ${kind} ${minute}`),
  driverId: held.driver,
  dutyId: held.duty.id,
  kind,
  at: instantOf(minute),
});

/** The same UUID (version 8, RFC 9562) for the same name: a signing sent again counts once. */
const uuidOf = (name: string): string => {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
