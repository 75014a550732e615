import type { ServiceImpl } from "@connectrpc/connect";
import type { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { denied } from "@headway/kernel/domain-error";
import type { Command } from "@headway/kernel/tx";
import { callerOf } from "@headway/service/caller";
import { sessionsBefore } from "../model/session.ts";
import { requirePassword, type User } from "../model/user.ts";
import type { Passwords } from "../outbound/passwords.ts";
import type { userQueries } from "../outbound/user-repository.ts";
import type { SetPasswordInput } from "../usecases/set-password.ts";
import { type EndAtOnceNeeds, endAtOnce } from "./ended-sessions.ts";
import { toSeen, toUser } from "./users.ts";

export type PasswordCallsNeeds = EndAtOnceNeeds & {
  readonly passwords: Pick<Passwords, "hash" | "fits">;
  readonly users: Pick<ReturnType<typeof userQueries>, "get">;
  readonly setPassword: Command<SetPasswordInput, User>;
};

/**
 * Another one's password, and one's own. The sessions that the old one opened are ended before the answer; where they
 * cannot be, the password is changed all the same, which is what the answer says, and a job ends them within seconds.
 */
export const passwordCalls = (
  needs: PasswordCallsNeeds,
): Pick<ServiceImpl<typeof UserService>, "setPassword" | "changePassword"> => {
  const { inTx, passwords, users, setPassword } = needs;
  return {
    async setPassword(request) {
      const seen = toSeen(request);
      const passwordHash = await passwords.hash(requirePassword(request.password, "password"));
      const user = await inTx((tx) => setPassword(tx, { ...seen, passwordHash, spared: null }));
      await endAtOnce(needs, sessionsBefore(user));
      return { user: toUser(user) };
    },

    async changePassword({ oldPassword, newPassword }, context) {
      const caller = callerOf(context);
      if (caller.kind !== "person") throw denied("caller.no-person", "Only a person has a password.");
      const { user: id, session: spared } = caller;
      const user = await users.get(id);
      if (!(await passwords.fits(oldPassword, user.passwordHash)))
        throw denied("password.wrong", "The old password does not fit.", { field: "oldPassword" });
      const passwordHash = await passwords.hash(requirePassword(newPassword, "newPassword"));
      const changed = await inTx((tx) => setPassword(tx, { user: id, expected: user.version, passwordHash, spared }));
      await endAtOnce(needs, sessionsBefore(changed, spared));
      return {};
    },
  };
};
