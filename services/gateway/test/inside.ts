import type { DescMethod, DescService, Message } from "@bufbuild/protobuf";
import { create } from "@bufbuild/protobuf";
import type { ConnectRouter, HandlerContext, MethodImpl } from "@connectrpc/connect";
import { PayPeriodService } from "@headway/contracts/gen/headway/accounting/v1/pay_period_service_pb";
import { OperationsService } from "@headway/contracts/gen/headway/common/v1/operations_service_pb";
import { DayService } from "@headway/contracts/gen/headway/dispatch/v1/day_service_pb";
import { ReviewService } from "@headway/contracts/gen/headway/dispatch/v1/review_service_pb";
import { SigningService } from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import { AbsenceService } from "@headway/contracts/gen/headway/hr/v1/absence_service_pb";
import { DepotService } from "@headway/contracts/gen/headway/hr/v1/depot_service_pb";
import { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { StaffImportService } from "@headway/contracts/gen/headway/hr/v1/staff_import_service_pb";
import { SessionService } from "@headway/contracts/gen/headway/iam/v1/session_service_pb";
import { UserService } from "@headway/contracts/gen/headway/iam/v1/user_service_pb";
import { InboxService } from "@headway/contracts/gen/headway/notification/v1/inbox_service_pb";
import { OvertimeService } from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import { FeedService } from "@headway/contracts/gen/headway/planning/v1/feed_service_pb";
import { RunService } from "@headway/contracts/gen/headway/planning/v1/run_service_pb";
import { ReportService } from "@headway/contracts/gen/headway/reporting/v1/report_service_pb";
import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { SwapService } from "@headway/contracts/gen/headway/scheduling/v1/swap_service_pb";
import { DomainError, denied } from "@headway/kernel/domain-error";
import type { Caller } from "@headway/service/caller";
import { roles } from "@headway/service/caller";
import { toConnectError } from "@headway/service/errors";
import { toProtoRole } from "@headway/service/roles";
import { mayCall } from "@headway/service/server-interceptor";
import type { InwardTokens } from "@headway/service/tokens";
import { sampleId, sampleOf } from "./sample-message.ts";

const services: readonly DescService[] = [
  AbsenceService,
  DayService,
  DepotService,
  EmployeeService,
  FeedService,
  InboxService,
  OperationsService,
  OvertimeService,
  PayPeriodService,
  ReportService,
  ReviewService,
  RosterService,
  RunService,
  SessionService,
  SigningService,
  StaffImportService,
  SwapService,
  UserService,
];

/** A call that reached the inside: which, by whom, and what it said (the parts of a stream). */
export type Reached = { readonly method: string; readonly caller: Caller; readonly said: readonly object[] };

/** What a call answers instead of the sample; it may refuse, or take its time. */
export type Answers = Record<string, (said: readonly object[], header: Headers) => Promise<object> | object>;

/**
 * All services behind the edge, as far as the edge can tell: each call is judged by the roles that its proto allows,
 * noted, and answered with a sample of everything.
 */
export class Inside {
  readonly reached: Reached[] = [];
  answers: Answers = {};
  tokens: InwardTokens | null = null;

  readonly routes = (router: ConnectRouter): void => {
    for (const { methods } of services) for (const method of methods) router.rpc(method, this.#implement(method));
  };

  /** Calls of one kind, since the last time that somebody looked. */
  take(method: string): Reached[] {
    const found = this.reached.filter((call) => call.method === method);
    this.reached.splice(0);
    return found;
  }

  #implement(method: DescMethod): MethodImpl<DescMethod> {
    const answer = (said: object | AsyncIterable<object>, context: HandlerContext) =>
      this.#answer(method, said, context);
    async function* parts(said: object, context: HandlerContext) {
      yield await answer(said, context);
    }
    return (method.methodKind === "server_streaming" ? parts : answer) as MethodImpl<DescMethod>;
  }

  async #answer(
    method: DescMethod,
    request: object | AsyncIterable<object>,
    context: HandlerContext,
  ): Promise<Message> {
    try {
      const said: object[] = [];
      if (Symbol.asyncIterator in request) for await (const part of request) said.push(part);
      else said.push(request);
      const caller = await this.#callerOf(context);
      mayCall(caller, method);
      this.reached.push({ method: method.name, caller, said });
      const sample = sampleOf(method.output);
      const answer = this.answers[method.name] ?? resolvers[method.name];
      // A thing that calls itself a message is taken as it is, with what is plain in it.
      const { $typeName: _, ...fields } = sample;
      return answer ? create(method.output, { ...fields, ...(await answer(said, context.requestHeader)) }) : sample;
    } catch (error) {
      throw error instanceof DomainError ? toConnectError(error) : error;
    }
  }

  async #callerOf(context: HandlerContext): Promise<Caller> {
    const token = context.requestHeader.get("authorization")?.replace(/^Bearer /, "");
    if (!token || !this.tokens) throw new Error("A call came inward without a token.");
    return this.tokens.verify(token);
  }
}

/** A credential that iam takes: `driver.all`, or `driver.<depot>`. It says who it stands for. */
const grantsBehind = (credential: string) => {
  const [named, depot = "all"] = credential.split(".");
  const role = roles.find((known) => known === named);
  if (!role) throw denied("session.ended", "Your session has ended.");
  return [{ role: toProtoRole(role), depotIds: depot === "all" ? [] : [depot] }];
};

const resolvers: Answers = {
  LogIn: () => ({
    secret: "dispatcher.all",
    user: { ...sampleUser, id: sampleId, employeeId: sampleId, grants: grantsBehind("dispatcher.all") },
  }),
  ResolveSession([said]) {
    const { secret } = said as { secret: string };
    const grants = grantsBehind(secret);
    const [, , user = sampleId] = secret.split(".");
    return { sessionId: sampleId, user: { ...sampleUser, id: user, employeeId: user, grants } };
  },
  ResolveKey: ([said]) => ({ grants: grantsBehind((said as { key: string }).key) }),
};

const sampleUser = { userName: "somebody", disabled: false, version: 1 };
