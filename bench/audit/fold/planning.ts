import type { Duty } from "@headway/contracts/gen/headway/planning/v1/events_pb";
import type { planningTopic } from "@headway/contracts/topics";
import type { Fact } from "../compare.ts";
import { canonical } from "../facts.ts";
import { known, type Told, timeText } from "../told.ts";

/** What planning's log comes to. */
export const foldPlanning = () => {
  const duties = new Map<string, Fact>();
  /** By duty: every plan that was told of it. */
  const plans = new Map<string, Plan[]>();
  /** By duty: when it was changed last. */
  const changed = new Map<string, string>();

  const hear = (told: Told<typeof planningTopic>): void => {
    const { aggregate, version } = told;
    if (told.type === "DutyWithdrawn") {
      duties.set(aggregate, { ...known(duties, aggregate), state: "withdrawn", version });
      return;
    }
    const { duty } = told.event;
    if (!duty) throw new Error("The event carries no duty.");
    duties.set(aggregate, { ...toFact(duty), state: "planned", version });
    plans.set(aggregate, [...(plans.get(aggregate) ?? []), toPlan(duty)]);
    if (told.type === "DutyChanged") changed.set(aggregate, told.at);
  };

  return { hear, duties, plans, changed };
};

/** What others copy of a duty when they have to do with it; `times` are those of the whole and of its pieces, in one text. */
export type Plan = { readonly times: string; readonly work_minutes: number };

const toPlan = ({ starts, ends, pieces, workMinutes: work_minutes }: Duty): Plan => {
  const times = [{ starts, ends }, ...pieces].map((one) => ({
    starts: timeText(one.starts),
    ends: timeText(one.ends),
  }));
  return { times: canonical(times), work_minutes };
};

const toFact = (duty: Duty): Fact => ({
  id: duty.id,
  depot: duty.depotId,
  service_date: duty.serviceDate,
  service: duty.serviceId,
  run: duty.runId,
  line: duty.line,
  qualification: duty.qualification,
  starts: timeText(duty.starts),
  ends: timeText(duty.ends),
  work_minutes: duty.workMinutes,
  pieces: canonical(
    duty.pieces.map(({ blockId, starts, ends, startPlace, endPlace, trips }) => ({
      block: blockId,
      starts: timeText(starts),
      ends: timeText(ends),
      startPlace,
      endPlace,
      trips,
    })),
  ),
});
