import type { Virtualizer } from "@tanstack/react-virtual";
import { gridRow } from "../../look/grid-roles.ts";
import type { ServiceDay } from "../../time/service-clock.ts";
import type { DutyRow, Grouping, Row } from "../model/rows.ts";
import type { Scale } from "../model/scale.ts";
import { DriverLine } from "./driver-line.tsx";
import { DutyLine } from "./duty-line.tsx";
import { GroupLine } from "./group-line.tsx";
import styles from "./timeline.module.css";

type Props = {
  readonly day: ServiceDay;
  readonly rows: readonly Row[];
  readonly grouping: Grouping;
  readonly scale: Scale;
  readonly now: number;
  readonly selected: string | null;
  readonly virtualizer: Virtualizer<HTMLElement, Element>;
  /** Pixels of a group with its head, by the head's index. */
  readonly heightOfGroup: (head: number) => number;
  readonly headHeight: number;
  readonly onFold: (group: string) => void;
};

/** The lines of the board that are drawn right now. */
export const Lines = (props: Props) => {
  const { rows, virtualizer, heightOfGroup, headHeight, selected } = props;
  return virtualizer.getVirtualItems().map(({ key, index, start, size }) => {
    const row = rows[index];
    if (row === undefined) return null;
    const top = start - headHeight;
    if (row.kind === "group")
      return (
        <div key={key} role="presentation" className={styles.extent} style={{ top, height: heightOfGroup(index) }}>
          <div {...gridRow(index + 2)} className={styles.group} style={{ height: size, top: headHeight }}>
            <GroupLine row={row} onFold={props.onFold} />
          </div>
        </div>
      );
    const held = row.duties.find(({ id }) => id === selected);
    return (
      <div
        key={key}
        {...gridRow(index + 2, held !== undefined)}
        id={`line-${(held ?? row.duties[0]).id}`}
        className={styles.line}
        style={{ height: size, top }}
      >
        <Line {...props} row={row} />
      </div>
    );
  });
};

const Line = ({ row, day, grouping, scale, now }: Props & { row: DutyRow }) => {
  const moving = row.duties.some(({ state }) => state === "late") ? now : 0;
  const [duty] = row.duties;
  if (grouping === "driver") return <DriverLine duties={row.duties} day={day} scale={scale} now={moving} />;
  return <DutyLine duty={duty} day={day} scale={scale} now={moving} />;
};
