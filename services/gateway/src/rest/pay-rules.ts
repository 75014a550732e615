import type { PayComponent as ProtoPayComponent } from "@headway/contracts/gen/headway/overtime/v1/events_pb";
import type {
  RuleSet as ProtoRuleSet,
  WorkedDay as ProtoWorkedDay,
} from "@headway/contracts/gen/headway/overtime/v1/overtime_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { made, ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import { isoOf, orNull, present } from "./wire.ts";

type Schemas = components["schemas"];

export const payRules = handlersOf<paths, Context>()({
  "GET /drivers/{driverId}/worked-days": async ({ path, query, calls }) =>
    ok({ items: (await calls.overtime.listWorkedDays({ ...path, ...query })).days.map(toWorkedDay) }),
  "GET /rule-sets": async ({ calls }) => ok({ items: (await calls.overtime.listRuleSets({})).ruleSets.map(toRuleSet) }),
  "POST /rule-sets": async ({ body, calls }) => {
    const { ruleSet } = await calls.overtime.publishRuleSet({ ...body, rules: JSON.stringify(body.rules) });
    return made(toRuleSet(present(ruleSet)));
  },
});

const toRuleSet = ({ agreement, ruleVersion, validFrom, rules }: ProtoRuleSet): Schemas["RuleSet"] => ({
  agreement,
  ruleVersion,
  validFrom,
  rules: JSON.parse(rules) as Schemas["Rules"],
});

export const toWorkedDay = ({
  driverId,
  serviceDate,
  revision,
  workedMinutes,
  components: parts,
}: ProtoWorkedDay): Schemas["WorkedDay"] => ({
  driverId,
  serviceDate,
  revision,
  workedMinutes,
  components: parts.map(toPayComponent),
});

const toPayComponent = (component: ProtoPayComponent): Schemas["PayComponent"] => ({
  id: component.id,
  code: component.code,
  minutes: component.minutes,
  factorThousandths: component.factorThousandths,
  intervals: component.intervals.map(({ starts, ends }) => ({
    starts: isoOf(present(starts)),
    ends: isoOf(present(ends)),
  })),
  rule: component.rule,
  ruleVersion: component.ruleVersion,
  agreement: component.agreement,
  sentence: component.sentence,
  dutyId: orNull(component.dutyId),
});
