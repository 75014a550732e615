import type { PayComponent } from "@headway/contracts/gen/headway/overtime/v1/events_pb";
import type { overtimeTopic } from "@headway/contracts/topics";
import type { Fact } from "../compare.ts";
import { canonical } from "../facts.ts";
import { type Told, timeText } from "../told.ts";

/** One reason for pay in a revision of a day, as a line of pay must repeat it. */
export type ToldComponent = ReturnType<typeof toTold> & { readonly depot: string };

/** What overtime's log comes to: by driver and day the newest worth, and every revision of it. */
export const foldOvertime = () => {
  const days = new Map<string, Fact>();
  const revisions = new Map<string, Fact>();
  /** By driver, day and revision. */
  const components = new Map<string, readonly ToldComponent[]>();

  const hear = ({ aggregate, event }: Told<typeof overtimeTopic>): void => {
    const { driverId, serviceDate, depotId: depot, revision, workedMinutes } = event;
    if (aggregate !== `${driverId}/${serviceDate}`) throw new Error(`It tells of ${driverId}/${serviceDate}.`);
    const base = sum(event.components.filter(({ code }) => code === "BASE"));
    if (base !== workedMinutes) throw new Error(`It pays ${base} base minutes for ${workedMinutes} worked ones.`);
    days.set(aggregate, {
      depot,
      revision,
      worked_minutes: workedMinutes,
      components: canonical(event.components.map(toOwn)),
      minutes: canonical(byCode(event.components)),
    });
    const told = event.components.map(toTold);
    components.set(
      `${aggregate} ${revision}`,
      told.map((component) => ({ ...component, depot })),
    );
    revisions.set(`${aggregate} ${revision}`, { depot, components: canonical(told) });
  };

  return { hear, days, revisions, components };
};

const sum = (components: readonly PayComponent[]): number =>
  components.reduce((total, { minutes }) => total + minutes, 0);

const byCode = (components: readonly PayComponent[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { code, minutes } of components) sums[code] = (sums[code] ?? 0) + minutes;
  return sums;
};

const toShared = ({
  id,
  code,
  minutes,
  factorThousandths,
  intervals,
  ruleVersion,
  sentence,
  dutyId,
}: PayComponent) => ({
  id,
  code,
  minutes,
  factor: factorThousandths,
  intervals: intervals.map(({ starts, ends }) => ({ starts: timeText(starts), ends: timeText(ends) })),
  ruleVersion,
  sentence,
  duty: dutyId === "" ? null : dutyId,
});

/** As overtime keeps a component. */
const toOwn = (component: PayComponent) => ({
  ...toShared(component),
  agreement: component.agreement,
  rule: component.rule,
});

/** As accounting keeps it. */
const toTold = (component: PayComponent) => ({
  ...toShared(component),
  rule: `${component.agreement}/${component.rule}`,
});
