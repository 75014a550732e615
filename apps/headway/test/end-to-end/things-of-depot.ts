import type { paths } from "@headway/contracts/gen/openapi/mobile";
import createClient, { type Client } from "openapi-fetch";
import type { Held } from "../../src/rehearse/duty.ts";
import { answerOf, once, patientFetch, Refused, type Schemas } from "../../src/rehearse/headway.ts";
import { assignmentsOf } from "../../src/rehearse/publish-rosters.ts";
import type { Values } from "./documented.ts";
import { type Depot, day, type LogIn, type TwoDepots } from "./two-depots.ts";

/** One thing of each kind that a depot has: ids by the name that the documents give them, and versions by the same. */
export type Things = { readonly ids: Values; readonly versions: Readonly<Record<string, number>> };

/** An absence that is asked for, a swap that is asked for, a notice, a duty and who is on it, of one depot. */
export const thingsOf = async ({ url, headway, feedId, driver }: TwoDepots, depot: Depot): Promise<Things> => {
  const standing = await assignmentsOf(headway, depot.roster.id);
  const { swap, asking } = await askForSwap(depot, standing, async (id) => mobile(url, await driver(id)));
  const [first] = depot.held;
  if (!first) throw new Error("Somebody is on a duty of the depot.");
  const { items: notices } = answerOf(await asking.GET("/me/notices", { params: { query: {} } }));
  const on = { firstDay: day.add({ months: 1 }).toString(), lastDay: day.add({ months: 1 }).toString() };
  const absence = answerOf(
    await headway.POST("/absences/request", {
      params: { header: once() },
      body: { employeeId: first.driver, kind: "vacation", ...on },
    }),
  );
  const employee = answerOf(
    await headway.GET("/employees/{employeeId}", { params: { path: { employeeId: first.driver } } }),
  );
  const duty = answerOf(await headway.GET("/day-duties/{dutyId}", { params: { path: { dutyId: first.duty.id } } }));
  const roster = answerOf(
    await headway.GET("/rosters/{rosterId}", { params: { path: { rosterId: depot.roster.id } } }),
  );
  const assignment = standing.find(({ dutyId }) => dutyId === duty.dutyId);
  const ids = {
    depotId: depot.id,
    employeeId: employee.id,
    driverId: employee.id,
    absenceId: absence.id,
    rosterId: roster.id,
    assignmentId: known(assignment?.id),
    offeredAssignmentId: swap.offeredId,
    wantedAssignmentId: swap.wantedId,
    dutyId: duty.dutyId,
    swapId: swap.id,
    noticeId: known(notices[0]?.id),
    feedId,
  };
  const versions = {
    employeeId: employee.version,
    absenceId: absence.version,
    rosterId: roster.version,
    assignmentId: assignment?.version ?? 0,
    dutyId: duty.version,
    swapId: swap.version,
  };
  return { ids, versions };
};

const known = (id: string | null | undefined): string => {
  if (!id) throw new Error("The depot has none of these.");
  return id;
};

type Asked = { readonly id: string; readonly version: number; readonly offeredId: string; readonly wantedId: string };

/** The first two drivers who may exchange their duties: one asks the other. */
const askForSwap = async (
  { held }: Depot,
  standing: readonly Schemas["Assignment"][],
  phoneOf: (driver: string) => Promise<Client<paths>>,
): Promise<{ readonly swap: Asked; readonly asking: Client<paths> }> => {
  const idOf = ({ duty }: Held): string => known(standing.find(({ dutyId }) => dutyId === duty.id)?.id);
  // From the end of the day: what has begun is not swapped.
  for (const one of held.toReversed()) {
    const asking = await phoneOf(one.driver);
    for (const other of held.filter(({ driver }) => driver !== one.driver))
      try {
        const [offeredId, wantedId] = [idOf(one), idOf(other)];
        const body = { offeredAssignmentId: offeredId, wantedAssignmentId: wantedId };
        const swap = answerOf(await asking.POST("/me/swaps", { params: { header: once() }, body }));
        return { swap: { id: swap.id, version: swap.version, offeredId, wantedId }, asking };
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 409) throw error;
      }
  }
  throw new Error("No two drivers of the depot may exchange their duties.");
};

const mobile = async (url: string, login: LogIn): Promise<Client<paths>> => {
  const face = { baseUrl: `${url}/mobile/v1`, fetch: patientFetch };
  const { token } = answerOf(await createClient<paths>(face).POST("/session", { body: login }));
  return createClient<paths>({ ...face, headers: { Authorization: `Bearer ${token}` } });
};
