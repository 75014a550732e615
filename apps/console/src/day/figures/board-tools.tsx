import { ActionIcon, SegmentedControl, Tooltip } from "@mantine/core";
import { ChartGantt, Keyboard, LocateFixed, Minus, Plus, Table2 } from "lucide-react";
import type { ReactNode } from "react";
import type { Grouping } from "../model/rows.ts";
import type { Zoom } from "../model/scale.ts";
import styles from "./board-tools.module.css";

type Props = {
  readonly grouping: Grouping;
  readonly zoom: Zoom;
  readonly following: boolean;
  readonly table: boolean;
  readonly onGroup: (grouping: Grouping) => void;
  readonly onZoom: (direction: 1 | -1) => void;
  readonly onNow: () => void;
  readonly onTable: () => void;
  readonly onKeys: () => void;
};

const groupings = [
  { value: "line", label: "Line" },
  { value: "depot", label: "Depot" },
  { value: "driver", label: "Driver" },
] as const;

/** How the board is shown: grouping, zoom, now, table. */
export const BoardTools = (props: Props) => (
  <div className={styles.tools} role="toolbar" aria-label="Board">
    {!props.table && (
      <SegmentedControl
        size="xs"
        aria-label="Group by"
        data={[...groupings]}
        value={props.grouping}
        onChange={props.onGroup}
        transitionDuration={0}
      />
    )}
    {!props.table && (
      <div className={styles.zoom}>
        <Tool
          label="Show more time (−)"
          icon={<Minus size={16} />}
          onClick={() => props.onZoom(-1)}
          disabled={props.zoom === "day"}
        />
        <span className={styles.zoomWord}>{zoomWord(props.zoom)}</span>
        <Tool
          label="Show less time (+)"
          icon={<Plus size={16} />}
          onClick={() => props.onZoom(1)}
          disabled={props.zoom === 15}
        />
        <Tool label="Follow now (N)" icon={<LocateFixed size={16} />} onClick={props.onNow} pressed={props.following} />
      </div>
    )}
    <Tool
      label={props.table ? "Show the timeline (T)" : "Show as a table (T)"}
      icon={props.table ? <ChartGantt size={16} /> : <Table2 size={16} />}
      onClick={props.onTable}
    />
    <Tool label="Keys and signs (?)" icon={<Keyboard size={16} />} onClick={props.onKeys} />
  </div>
);

type ToolProps = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
};

const Tool = ({ label, icon, onClick, disabled = false, pressed = false }: ToolProps) => (
  <Tooltip label={label}>
    <ActionIcon
      variant={pressed ? "light" : "subtle"}
      color={pressed ? "signal" : "gray"}
      size={30}
      className={styles.tool}
      aria-label={label}
      disabled={disabled}
      onClick={onClick}
    >
      {icon}
    </ActionIcon>
  </Tooltip>
);

const zoomWord = (zoom: Zoom): string => {
  if (zoom === "day") return "Day";
  return zoom < 60 ? `${zoom} min` : `${zoom / 60} h`;
};
