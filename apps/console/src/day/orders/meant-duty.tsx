import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { whatHappened } from "../../api/what-happened.ts";
import { ShownTime } from "../../look/shown-time.tsx";
import { StateGlyph } from "../../look/state-glyph.tsx";
import type { ServiceDay } from "../../time/service-clock.ts";
import { dayDutyQuery } from "../day-duty-query.ts";
import { driverNameOf } from "../model/driver-name.ts";
import type { Duty } from "../model/duty.ts";
import { stateWords } from "../model/duty-state.ts";
import type { OrphanedSigning } from "../model/orphaned-signing.ts";
import { type DayAssignment, type DayDuty, holderOf } from "../model/patch.ts";
import styles from "./orders.module.css";
import { matchSigning } from "./orders.ts";
import { Refused } from "./refused.tsx";
import { useOrder } from "./use-order.ts";

type Props = {
  readonly duty: Duty;
  readonly signing: OrphanedSigning;
  readonly day: ServiceDay;
  readonly onDone: () => void;
};

/** A duty that a signing may have been for: pressed, it counts there; where it cannot, the reason stands in its place. */
export const MeantDuty = ({ duty, signing, day, onDone }: Props) => {
  const { data: fresh, error } = useQuery(dayDutyQuery(duty.id));
  const { give, giving, refused } = useOrder(onDone);
  const own = fresh?.assignments.findLast(({ driverId }) => driverId === signing.driverId);
  const why = fresh === undefined ? error && whatHappened(error).what : notTheirs(fresh, own);
  const match = (assignment: DayAssignment): void =>
    give(async () => {
      const matched = await matchSigning(signing.signingId, assignment.id);
      return { duty: matched.duty, said: `It counts on ${duty.run}.` };
    });
  return (
    <li data-state={duty.state}>
      <span className={styles.who}>
        {duty.run}{" "}
        <span className={styles.quiet}>
          <ShownTime day={day} seconds={duty.starts} /> – <ShownTime day={day} seconds={duty.ends} />
        </span>
      </span>
      {why === null && (
        <Button
          size="compact-xs"
          disabled={giving || own === undefined}
          onClick={() => own !== undefined && match(own)}
        >
          This one
        </Button>
      )}
      <span className={styles.standing}>
        <StateGlyph state={duty.state} size={12} /> {stateWords[duty.state]}
        {why !== null && <span className={styles.quiet}>{why}</span>}
      </span>
      <Refused why={refused} />
    </li>
  );
};

const lost: readonly DayAssignment["state"][] = ["missed", "released"];

/** Why a signing cannot count on a duty whatever its time is; null where it may. */
const notTheirs = (duty: DayDuty, own: DayAssignment | undefined): string | null => {
  if (own === undefined) return "The driver never had it.";
  if (duty.state === "completed" && lost.includes(own.state)) return "Somebody else worked it.";
  const holder = holderOf(duty);
  return holder === undefined || holder.driverId === own.driverId ? null : `${driverNameOf(holder)} has it by now.`;
};
