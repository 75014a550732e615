import { create } from "@bufbuild/protobuf";
import { Role } from "@headway/contracts/gen/headway/common/v1/allow_pb";
import { SessionService } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import { GrantSchema, UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { newId, type UserId } from "@headway/kernel/ids";
import { type Caller, nobody, type Person } from "@headway/service/caller";
import { serviceUnderTest } from "@headway/service/service-under-test";
import { type IamOverrides, iam } from "../src/container.ts";

export const password = "correct horse battery staple";

export const grant = (role: Role, ...depotIds: string[]) => create(GrantSchema, { role, depotIds });

export const admin: Person = {
  kind: "person",
  user: newId<UserId>(),
  session: "s",
  employee: null,
  grants: [{ role: "admin", depots: null }],
};
const gateway: Caller = { kind: "service", name: "gateway" };

type Settings = IamOverrides & { readonly tries?: number; readonly totalMinutes?: number; readonly at?: string };

/** iam with nobody in it, and words for who comes in. */
export const givenUsers = async ({
  tries = 50,
  totalMinutes = 7 * 24 * 60,
  at = "2026-11-21T08:00:00Z",
  ...overrides
}: Settings = {}) => {
  const service = await serviceUnderTest(iam, {
    environment: {
      HEADWAY_PEPPER: "pepper ".repeat(8),
      HEADWAY_BCRYPT_COST: "4",
      HEADWAY_LOGIN_TRIES: String(tries),
      HEADWAY_SESSION_TOTAL_MINUTES: String(totalMinutes),
    },
    at,
    overrides,
  });
  let names = 0;
  const users = service.as(admin, UserService);
  return {
    service,
    users,
    /** A user with that name (else a new one) and the role of a planner. */
    async created(userName = `user-${++names}`, secret = password) {
      const { user } = await users.createUser({ userName, password: secret, grants: [grant(Role.PLANNER)] });
      if (!user) throw new Error("nobody was created");
      return user;
    },
    newName: () => `user-${++names}`,
    logIn: (userName: string, secret = password, address = "10.0.0.1") =>
      service.as(nobody, SessionService).logIn({ userName, password: secret, address }),
    /** Who stands behind a session, or a key: what the gateway asks. */
    resolve: (secret: string) => service.as(gateway, SessionService).resolveSession({ secret }),
    resolveKey: (key: string) => service.as(gateway, SessionService).resolveKey({ key }),
    /** The user, signed in, as a caller. */
    self: (user: string, session = "s"): Person => ({
      ...admin,
      user: user as UserId,
      session,
      grants: [{ role: "planner", depots: null }],
    }),
    told: async (aggregate: string) =>
      (await service.recorded()).filter((event) => event.aggregate === aggregate).map(({ type }) => type),
  };
};

export type Users = Awaited<ReturnType<typeof givenUsers>>;
