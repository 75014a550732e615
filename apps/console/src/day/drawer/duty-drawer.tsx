import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { X } from "lucide-react";
import type { ReactNode, RefObject } from "react";
import { scrolling } from "../../look/grid-roles.ts";
import { ShownTime } from "../../look/shown-time.tsx";
import { StateGlyph } from "../../look/state-glyph.tsx";
import { actingRoles, hasRole } from "../../session/rights.ts";
import { meQuery } from "../../session/session-query.ts";
import type { ServiceDay } from "../../time/service-clock.ts";
import { showMinutes } from "../../time/show-time.ts";
import { dayDutyQuery } from "../day-duty-query.ts";
import { driverNameOf } from "../model/driver-name.ts";
import type { Duty } from "../model/duty.ts";
import { stateMeanings } from "../model/duty-state.ts";
import { lateSeconds, stateText } from "../model/lateness.ts";
import type { Order } from "../model/order.ts";
import type { DayAssignment, DayDuty } from "../model/patch.ts";
import { cancelWords } from "../model/reason-words.ts";
import type { Standing } from "../model/standing.ts";
import { DutyOrders } from "../orders/duty-orders.tsx";
import { Assignments } from "./assignments.tsx";
import styles from "./drawer.module.css";
import { Hours } from "./hours.tsx";
import { Pieces } from "./pieces.tsx";
import { Signings } from "./signings.tsx";
import { useDrawerFocus } from "./use-drawer-focus.ts";

type Props = {
  readonly duty: Duty;
  readonly day: ServiceDay;
  readonly now: number;
  /** What it means that the duty's day is not activated; null where it is. */
  readonly inactive: Standing | null;
  /** What leads on to the next that needs a person. */
  readonly passage: ReactNode;
  readonly asked: Order | null;
  readonly onAsk: (order: Order | null) => void;
  readonly onClose: () => void;
};

/** Everything about one duty, and what can be done about it. It does not lock the board: arrow keys move on, Escape closes. */
export const DutyDrawer = ({ duty, day, now, inactive, passage, asked, onAsk, onClose }: Props) => {
  const head = useDrawerFocus(duty.id);
  // While the arrow keys run through the board, nothing is asked for.
  const [rested] = useDebouncedValue(duty.id, 150);
  const asking = rested === duty.id;
  const fresh = useQuery({ ...dayDutyQuery(duty.id), enabled: asking && inactive === null });
  return (
    <aside className={styles.drawer} aria-labelledby="duty-head" data-state={duty.state}>
      <Head duty={duty} now={now} passage={passage} head={head} onClose={onClose} />
      <section className={styles.body} aria-label="About this duty" {...scrolling}>
        <Facts duty={duty} day={day} now={now} fresh={fresh.data} />
        <Pieces duty={duty} day={day} />
        {duty.driver !== null && <Hours driver={duty.driver} dutyId={duty.id} date={day.date} asking={asking} />}
        <Assignments duty={fresh.data} day={day} inactive={inactive} error={fresh.error} />
        {fresh.data !== undefined && <Signings duty={fresh.data} day={day} />}
      </section>
      <Foot duty={duty} fresh={fresh.data} day={day} now={now} inactive={inactive} asked={asked} onAsk={onAsk} />
    </aside>
  );
};

type HeadProps = Pick<Props, "duty" | "now" | "passage" | "onClose"> & {
  readonly head: RefObject<HTMLHeadingElement | null>;
};

const Head = ({ duty, now, passage, head, onClose }: HeadProps) => (
  <header className={styles.head}>
    {passage}
    <div className={styles.state}>
      <StateGlyph state={duty.state} size={16} />
      <span title={stateMeanings[duty.state]}>{stateText(duty, now)}</span>
    </div>
    <button type="button" className={styles.close} aria-label="Close (Escape)" onClick={onClose}>
      <X size={17} />
    </button>
    <h2 id="duty-head" ref={head} tabIndex={-1}>
      {duty.run}
    </h2>
    <p className={styles.sub}>
      Line {duty.line} · <bdi>{duty.depot.name}</bdi>
    </p>
  </header>
);

type FootProps = Pick<Props, "duty" | "day" | "now" | "inactive" | "asked" | "onAsk"> & {
  readonly fresh: DayDuty | undefined;
};

/** The orders, for those who may give them. */
const Foot = ({ inactive, ...rest }: FootProps) => {
  const { data: me } = useQuery(meQuery);
  const may = me !== undefined && hasRole(me, actingRoles, rest.duty.depot.id);
  if (inactive === null && may) return <DutyOrders key={rest.duty.id} {...rest} />;
  return (
    <footer className={styles.foot}>
      {may
        ? "What can be done about a duty shows here once its day is activated."
        : "Dispatchers of this depot act on its duties."}
    </footer>
  );
};

type FactsProps = Pick<FootProps, "duty" | "day" | "now" | "fresh">;

const Facts = ({ duty, day, now, fresh }: FactsProps) => {
  const note = fresh?.cancelNote ?? null;
  const late = Math.floor(lateSeconds(duty, now) / 60);
  // The rest of a duty is open whose driver has left: the times below are theirs.
  const left = duty.driver === null && duty.signedOff !== null ? fresh?.assignments.findLast(hasSignedOff) : undefined;
  return (
    <dl className={styles.facts}>
      <dt>Driver</dt>
      <dd>
        {duty.driver === null ? "Nobody" : <bdi>{duty.driver.name}</bdi>}{" "}
        {duty.driver !== null && <span className={styles.number}>{duty.driver.number}</span>}
      </dd>
      {left !== undefined && (
        <>
          <dt>Left in mid-duty</dt>
          <dd>
            <bdi>{driverNameOf(left)}</bdi>
          </dd>
        </>
      )}
      {duty.missedBy !== null && (
        <>
          <dt>Missed by</dt>
          <dd>
            <bdi>{duty.missedBy.name}</bdi>
          </dd>
        </>
      )}
      {duty.cancelCause !== null && (
        <>
          <dt>Cancelled</dt>
          <dd>
            {cancelWords[duty.cancelCause]}
            {note !== null && <p className={styles.quiet}>{note}</p>}
          </dd>
        </>
      )}
      <dt>Report – clear</dt>
      <dd>
        <ShownTime day={day} seconds={duty.starts} /> – <ShownTime day={day} seconds={duty.ends} />{" "}
        <span className={styles.number}>spread {showMinutes((duty.ends - duty.starts) / 60)}</span>
      </dd>
      <dt>Signed on</dt>
      <dd>
        {duty.signedOn === null ? "Not yet" : <ShownTime day={day} seconds={duty.signedOn} />}{" "}
        {late > 0 && <span className={styles.late}>{showMinutes(late)} late</span>}
      </dd>
      <dt>Signed off</dt>
      <dd>
        <SignedOff duty={duty} day={day} />
      </dd>
    </dl>
  );
};

const hasSignedOff = ({ signedOffAt }: DayAssignment): boolean => signedOffAt !== null;

/** A duty that is over without a sign-off was signed off by Headway: nobody knows when the driver left. */
const SignedOff = ({ duty, day }: Pick<FactsProps, "duty" | "day">) => {
  if (duty.signedOff !== null) return <ShownTime day={day} seconds={duty.signedOff} />;
  return duty.state === "done" || duty.state === "needs-review" ? "By Headway" : "Not yet";
};
