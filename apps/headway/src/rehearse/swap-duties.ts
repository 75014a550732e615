import { randomUUID } from "node:crypto";
import type { paths } from "@headway/contracts/gen/openapi/mobile";
import createClient, { type Client } from "openapi-fetch";
import type { Held } from "./duty.ts";
import { answerOf, everyPage, type Headway, once, patientFetch, Refused, type Schemas, seen } from "./headway.ts";
import type { Assignment } from "./publish-rosters.ts";
import { quiet } from "./quiet.ts";

/** Where drivers log in, and the integration face of those who let them. */
export type Faces = { readonly url: string; readonly headway: Headway };

const mostTried = 5;

/** The first pair of the list that may exchange its duties does: one asks, the other agrees, the dispatcher approves. Null when none may. */
export const swapDuties = async (
  faces: Faces,
  pairs: readonly (readonly [Held, Held])[],
  assignments: ReadonlyMap<string, Assignment>,
): Promise<readonly [Held, Held] | null> => {
  const { headway } = faces;
  const users = await usersByEmployee(headway);
  for (const pair of pairs.slice(0, mostTried)) {
    const [asking, asked] = pair.map(({ duty }) => assignments.get(duty.id));
    if (!asking?.id || !asked?.id) continue;
    const [theirs, others] = [await logIn(faces, users, pair[0].driver), await logIn(faces, users, pair[1].driver)];
    try {
      const body = { offeredAssignmentId: asking.id, wantedAssignmentId: asked.id };
      const swap = answerOf(await theirs.POST("/me/swaps", { params: { header: once() }, body }));
      const path = { swapId: swap.id };
      const accepted = answerOf(
        await others.POST("/me/swaps/{swapId}/accept", { params: { path, header: seen(swap.version) } }),
      );
      answerOf(await headway.POST("/swaps/{swapId}/approve", { params: { path, header: seen(accepted.version) } }));
      await quiet(headway);
      return pair;
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 409) throw error;
    }
  }
  return null;
};

/** A driver's own way in: their user, with a password that nobody keeps. */
const logIn = async (
  { url, headway }: Faces,
  users: ReadonlyMap<string, Schemas["User"]>,
  driver: string,
): Promise<Client<paths>> => {
  const user = users.get(driver);
  if (!user) throw new Error(`The driver ${driver} has no user.`);
  const password = randomUUID();
  const mobile = { baseUrl: `${url}/mobile/v1`, fetch: patientFetch };
  const { userName } = answerOf(
    await headway.PUT("/users/{userId}/password", {
      params: { path: { userId: user.id }, header: { "If-Match": `"${user.version}"` } },
      body: { password },
    }),
  );
  const { token } = answerOf(await createClient<paths>(mobile).POST("/session", { body: { userName, password } }));
  return createClient<paths>({ ...mobile, headers: { Authorization: `Bearer ${token}` } });
};

/** Whoever is hired gets a user. */
const usersByEmployee = async (headway: Headway): Promise<Map<string, Schemas["User"]>> => {
  const users = await everyPage(async (page) => answerOf(await headway.GET("/users", { params: { query: page } })));
  return new Map(users.map((user) => [user.employeeId ?? "", user]));
};
