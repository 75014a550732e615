import type { Virtualizer } from "@tanstack/react-virtual";
import { gridRow } from "../../look/grid-roles.ts";
import type { ServiceDay } from "../../time/service-clock.ts";
import type { Grouping, Row } from "../model/rows.ts";
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
  /** Index of the group whose head stays in sight. */
  readonly inSight: number;
  readonly headHeight: number;
  readonly onFold: (group: string) => void;
};

/** The lines of the board that are drawn right now. */
export const Lines = (props: Props) => {
  const { rows, virtualizer, inSight, headHeight, selected } = props;
  return virtualizer.getVirtualItems().map(({ key, index, start, size }) => {
    const row = rows[index];
    if (row === undefined) return null;
    const stays = index === inSight && row.kind === "group";
    const held = row.kind === "duty" ? row.duties.find(({ id }) => id === selected) : undefined;
    return (
      <div
        key={key}
        {...gridRow(index + 2, row.kind === "duty" ? held !== undefined : null)}
        id={row.kind === "duty" ? `line-${(held ?? row.duties[0]).id}` : undefined}
        className={styles.line}
        data-kind={row.kind}
        data-stays={stays}
        style={stays ? { height: size, top: headHeight } : { height: size, top: start - headHeight }}
      >
        <Line {...props} row={row} />
      </div>
    );
  });
};

const Line = ({ row, day, grouping, scale, now, onFold }: Props & { row: Row }) => {
  if (row.kind === "group") return <GroupLine row={row} onFold={onFold} />;
  const moving = row.duties.some(({ state }) => state === "late") ? now : 0;
  const [duty] = row.duties;
  if (grouping === "driver") return <DriverLine duties={row.duties} day={day} scale={scale} now={moving} />;
  return <DutyLine duty={duty} day={day} scale={scale} now={moving} />;
};
