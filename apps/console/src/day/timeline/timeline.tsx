import { type CSSProperties, type RefObject, useMemo, useRef } from "react";
import { columnHeader, grid, gridRow } from "../../look/grid-roles.ts";
import { useWidth } from "../../look/use-width.ts";
import { type ClockChange, clockChanges } from "../../time/clock-changes.ts";
import type { ServiceDay } from "../../time/service-clock.ts";
import { boardMark } from "../keys/use-board-focus.ts";
import { type Tick, ticksOf } from "../model/axis.ts";
import type { Duty } from "../model/duty.ts";
import type { Grouping, Row } from "../model/rows.ts";
import { type Scale, type Span, scaleOf, secondsAt, xOf, type Zoom } from "../model/scale.ts";
import { Axis, AxisLines } from "./axis.tsx";
import { Lines } from "./lines.tsx";
import { Overview } from "./overview.tsx";
import styles from "./timeline.module.css";
import { useFirstSight } from "./use-first-sight.ts";
import { useGridKeys } from "./use-grid-keys.ts";
import { useLines } from "./use-lines.ts";
import { useNowLine } from "./use-now-line.ts";
import { useTimeView } from "./use-time-view.ts";
import { useWindow } from "./use-window.ts";

type Props = {
  readonly day: ServiceDay;
  /** Every duty of the day, also those that a filter hides. */
  readonly all: readonly Duty[];
  readonly rows: readonly Row[];
  readonly span: Span;
  readonly grouping: Grouping;
  readonly zoom: Zoom;
  /** Service seconds at the left edge; null follows now. */
  readonly at: number | null;
  /** Service seconds, new every few seconds: the now-line moves by itself. */
  readonly now: number;
  /** Counts how often the person asked to be brought back to now. */
  readonly recall: number;
  readonly selected: string | null;
  readonly onAt: (seconds: number) => void;
  readonly onSelect: (duty: string) => void;
  readonly onOpen: (duty: string) => void;
  readonly onFold: (group: string) => void;
};

const name = "Duties on a timeline. The same as a table: press T.";
const headHeight = 73;
const widths: Record<Grouping, number> = { line: 244, depot: 244, driver: 244 };
const narrowWidth = 74;
const narrow = 720;

/** The day, drawn: a line for each duty or driver, time to the right. */
export const Timeline = (props: Props) => {
  const { day, rows, span, grouping, zoom, at, now, selected } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const whole = useWidth(scroller);
  const label = whole < narrow ? narrowWidth : widths[grouping];
  const view = Math.max(0, whole - label);
  const scale = useMemo(() => scaleOf(span, zoom, Math.max(1, view)), [span, zoom, view]);
  const page = useTimeView({ scroller, scale, view, at, now, onAt: props.onAt });
  const ticks = useTicksInView(scale, view, page);
  const changes = useMemo(() => clockChanges(day, span.from, span.to), [day, span]);
  const { virtualizer, heightOfGroup } = useLines(rows, scroller, headHeight);
  const keys = useGridKeys({ ...props, virtualizer, scroller, view });
  const drawn = virtualizer.getVirtualItems().map(({ index }) => rows[index]);
  const active = drawn.some((row) => row?.kind === "duty" && row.duties.some(({ id }) => id === selected));
  useFirstSight({ ...props, virtualizer, scroller, following: at === null && view > 0 });
  useNowLine(scroller, scale, day);
  useWindow(scroller, view);
  return (
    <div
      ref={scroller}
      className={styles.scroller}
      style={{ "--label": `${label}px`, "--view": `${whole}px` } as CSSProperties}
      data-zoom={zoom}
      {...boardMark}
      {...grid(name, rows.length + 1, active ? `line-${selected}` : null)}
      {...keys}
    >
      <div className={styles.canvas} style={{ width: label + scale.width }}>
        <Head {...props} scroller={scroller} scale={scale} view={view} ticks={ticks} changes={changes} />
        <div className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          <div className={styles.under} style={{ left: label, width: scale.width }}>
            <AxisLines ticks={ticks} changes={changes} scale={scale} />
          </div>
          <div className={styles.gutter} aria-hidden="true">
            <i />
          </div>
          <Lines
            {...props}
            scale={scale}
            virtualizer={virtualizer}
            heightOfGroup={heightOfGroup}
            headHeight={headHeight}
          />
          <div className={styles.nowTrack} style={{ left: label, width: scale.width }} aria-hidden="true">
            <i className={styles.now} />
          </div>
        </div>
      </div>
    </div>
  );
};

type HeadProps = Pick<Props, "day" | "all" | "grouping"> & {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly scale: Scale;
  readonly view: number;
  readonly ticks: readonly Tick[];
  readonly changes: readonly ClockChange[];
};

const Head = ({ day, all, grouping, scroller, scale, view, ticks, changes }: HeadProps) => {
  const pointAt = useMemo(() => pointer(scroller, scale, view), [scroller, scale, view]);
  return (
    <div className={styles.head} {...gridRow(1)} style={{ height: headHeight }}>
      <div className={styles.corner} {...columnHeader}>
        <span>{grouping === "driver" ? "Driver" : "Report – clear"}</span>
        {grouping !== "driver" && <span>State</span>}
      </div>
      <div {...columnHeader}>
        <span className="unseen">Run, driver and time</span>
        {view > 0 && <Overview scroller={scroller} duties={all} scale={scale} view={view} onPoint={pointAt} />}
        <Axis day={day} scale={scale} ticks={ticks} changes={changes} />
      </div>
    </div>
  );
};

/** Only the ticks of this page and its neighbours: at a quarter of an hour a day has thousands. */
const useTicksInView = (scale: Scale, view: number, page: number) =>
  useMemo(
    () => ticksOf(scale).filter(({ x }) => x >= (page - 1) * view - 60 && x <= (page + 2) * view + 60),
    [scale, view, page],
  );

const pointer =
  (scroller: RefObject<HTMLElement | null>, scale: Scale, view: number) =>
  (part: number): void => {
    scroller.current?.scrollTo({ left: xOf(scale, secondsAt(scale, part * scale.width)) - view / 2 });
  };
