import type { iamTopic } from "@headway/contracts/topics";
import { firstVersion, nextVersion } from "@headway/kernel/ids";
import type { Tx } from "@headway/kernel/tx";
import type { EventLog, Fact } from "@headway/messaging/event-log";
import { toProtoRole } from "@headway/service/roles";
import type { IamEvent } from "../model/iam-event.ts";

/** What the model tells, as the events that others hear: ids and roles, no names. */
export const iamEvents = (log: EventLog<typeof iamTopic>) => ({
  record: (tx: Tx, events: readonly IamEvent[]): Promise<void> => log.record(tx, events.map(toFact)),
});

const toFact = (event: IamEvent): Fact<typeof iamTopic> => {
  switch (event.type) {
    case "UserCreated": {
      const { id, employee, version } = event.user;
      return { type: event.type, aggregate: id, version, payload: { userId: id, employeeId: employee ?? "" } };
    }
    case "UserDisabled": {
      const { id, version } = event.user;
      return { type: event.type, aggregate: id, version, payload: { userId: id } };
    }
    case "RoleGranted": {
      const { id, version } = event.user;
      const { role, depots } = event.grant;
      return {
        type: event.type,
        aggregate: id,
        version,
        payload: { userId: id, role: toProtoRole(role), depotIds: [...(depots ?? [])] },
      };
    }
    case "RoleRevoked": {
      const { id, version } = event.user;
      return { type: event.type, aggregate: id, version, payload: { userId: id, role: toProtoRole(event.role) } };
    }
    case "SessionRevoked":
      // All that is ever told of a session.
      return {
        type: event.type,
        aggregate: event.session,
        version: firstVersion,
        payload: { userId: event.user, sessionId: event.session },
      };
    case "ServiceAccountCreated":
      return {
        type: event.type,
        aggregate: event.account,
        version: firstVersion,
        payload: { serviceAccountId: event.account },
      };
    case "ServiceAccountRevoked":
      // Its second change, and its last.
      return {
        type: event.type,
        aggregate: event.account,
        version: nextVersion(firstVersion),
        payload: { serviceAccountId: event.account },
      };
  }
};
