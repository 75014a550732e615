import { SessionService } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { iamTopic } from "@headway/contracts/topics";
import { limiter } from "@headway/service/limiter";
import { defineService, door } from "@headway/service/service";
import { config } from "./config.ts";
import { makeEndSessionsJob } from "./inbound/end-sessions-job.ts";
import { hrConsumer } from "./inbound/hr-consumer.ts";
import { makeLeaverJob } from "./inbound/leaver-job.ts";
import { sessionService } from "./inbound/session-service.ts";
import { userService } from "./inbound/user-service.ts";
import { iamEvents } from "./outbound/iam-events.ts";
import { leaverRepository as leavers } from "./outbound/leaver-repository.ts";
import { bcryptPasswords } from "./outbound/passwords.ts";
import { postgresSessions } from "./outbound/postgres-sessions.ts";
import { redisSessions } from "./outbound/redis-sessions.ts";
import { serviceAccountRepository as accounts, serviceAccountQueries } from "./outbound/service-account-repository.ts";
import type { SessionStore } from "./outbound/session-store.ts";
import {
  sessionsToEndRepository as sessionsToEnd,
  sessionsToEndQueries,
} from "./outbound/sessions-to-end-repository.ts";
import { userQueries, userRepository as users } from "./outbound/user-repository.ts";
import { createServiceAccount } from "./usecases/create-service-account.ts";
import { createUser } from "./usecases/create-user.ts";
import { disableUser } from "./usecases/disable-user.ts";
import { dismissEmployees } from "./usecases/dismiss-employees.ts";
import { followEmployee } from "./usecases/follow-employee.ts";
import { grantRole } from "./usecases/grant-role.ts";
import { noteSessionsRevoked } from "./usecases/note-sessions-revoked.ts";
import { revokeRole } from "./usecases/revoke-role.ts";
import { revokeServiceAccount } from "./usecases/revoke-service-account.ts";
import { setPassword } from "./usecases/set-password.ts";
import { welcomeEmployee } from "./usecases/welcome-employee.ts";

/** For tests: what becomes of the usual store of sessions. */
export type IamOverrides = { readonly storeFrom?: (usual: SessionStore) => SessionStore };

export const iam = defineService({
  name: "iam",
  topic: iamTopic,
  usesRedis: true,
  config,
  migrations: new URL("../migrations/", import.meta.url),
  build({ db, redis, clock, log, eventLog }, settings, { storeFrom = (usual) => usual }: IamOverrides = {}) {
    const { inTx } = db;
    const events = iamEvents(eventLog(iamTopic));
    const sessions = storeFrom(redis ? redisSessions(redis) : postgresSessions(db));
    const passwords = bcryptPasswords({
      pepper: settings.HEADWAY_PEPPER,
      cost: settings.HEADWAY_BCRYPT_COST,
      most: 40,
    });
    const ending = { inTx, sessions, sessionsToEnd, noteSessionsRevoked: noteSessionsRevoked({ events }) };
    const people = userQueries(db);
    const sessionDoor = sessionService({
      ...ending,
      clock,
      passwords,
      limits: {
        idleMinutes: settings.HEADWAY_SESSION_IDLE_MINUTES,
        totalMinutes: settings.HEADWAY_SESSION_TOTAL_MINUTES,
      },
      users: people,
      accounts: serviceAccountQueries(db),
      limiter: limiter(redis),
      tries: { calls: settings.HEADWAY_LOGIN_TRIES, seconds: 60 },
    });
    const userDoor = userService({
      ...ending,
      onLeftToJob: (error) => log.warn({ event: "sessions.left-to-job", error: String(error) }),
      passwords,
      users: people,
      createUser: createUser({ users, events }),
      disableUser: disableUser({ users, sessionsToEnd, events }),
      grantRole: grantRole({ users, events }),
      revokeRole: revokeRole({ users, events }),
      setPassword: setPassword({ users, sessionsToEnd }),
      createServiceAccount: createServiceAccount({ accounts, events }),
      revokeServiceAccount: revokeServiceAccount({ accounts, events }),
    });
    return {
      doors: [door(SessionService, sessionDoor), door(UserService, userDoor)],
      consumers: [
        hrConsumer({
          welcomeEmployee: welcomeEmployee({ users, events }),
          followEmployee: followEmployee({ users, events }),
          leavers,
        }),
      ],
      jobs: [
        makeLeaverJob({
          ...ending,
          leavers,
          dismissEmployees: dismissEmployees({ users, leavers, sessionsToEnd, events }),
        }),
        makeEndSessionsJob({ ...ending, noted: sessionsToEndQueries(db) }),
      ],
    };
  },
});
