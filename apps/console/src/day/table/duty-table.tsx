import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { ShownTime } from "../../look/shown-time.tsx";
import { StateGlyph } from "../../look/state-glyph.tsx";
import type { ServiceDay } from "../../time/service-clock.ts";
import { showMinutes } from "../../time/show-time.ts";
import { useGlow } from "../glow.ts";
import { boardMark } from "../keys/use-board-focus.ts";
import type { Duty } from "../model/duty.ts";
import { lateSeconds, stateText, whoText } from "../model/lateness.ts";
import { type Column, columns, type Order, sorted } from "../model/table-order.ts";
import styles from "./table.module.css";
import { useTableKeys } from "./use-table-keys.ts";

type Props = {
  readonly duties: readonly Duty[];
  readonly day: ServiceDay;
  readonly now: number;
  readonly selected: string | null;
  readonly onSelect: (duty: string) => void;
  readonly onOpen: (duty: string) => void;
};

const rowHeight = 32;
const headHeight = 35;

/** The board as a table: the same duties for those who hear them, and for those who like to sort. */
export const DutyTable = ({ duties, day, now, selected, onSelect, onOpen }: Props) => {
  const scroller = useRef<HTMLDivElement>(null);
  const [order, setOrder] = useState<Order>({ column: "starts", down: false });
  const rows = useMemo(() => sorted(duties, order), [duties, order]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (index) => rows[index]?.id ?? index,
    scrollPaddingStart: headHeight,
    useFlushSync: false,
  });
  useTableKeys({ rows, selected, virtualizer, scroller, onSelect, onOpen });
  const items = virtualizer.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <section ref={scroller} className={styles.scroller} aria-label="Duties as a table" {...boardMark}>
      <table aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <Head key={column.key} column={column} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        {before > 0 && <Gap height={before} />}
        <tbody>
          {items.map(({ index }) => {
            const duty = rows[index];
            return duty === undefined ? null : (
              <Row
                key={duty.id}
                index={index}
                duty={duty}
                day={day}
                now={now}
                selected={duty.id === selected}
                onOpen={onOpen}
              />
            );
          })}
        </tbody>
        {after > 0 && <Gap height={after} />}
      </table>
    </section>
  );
};

const Gap = ({ height }: { height: number }) => (
  <tbody aria-hidden="true">
    <tr style={{ height }}>
      <td colSpan={columns.length} />
    </tr>
  </tbody>
);

type HeadProps = { readonly column: Column; readonly order: Order; readonly onOrder: (order: Order) => void };

const Head = ({ column: { key, name }, order, onOrder }: HeadProps) => {
  const here = order.column === key;
  return (
    <th scope="col" aria-sort={here ? (order.down ? "descending" : "ascending") : "none"}>
      <button type="button" onClick={() => onOrder({ column: key, down: here && !order.down })}>
        {name}
        {here && (order.down ? <ArrowDown size={12} aria-hidden="true" /> : <ArrowUp size={12} aria-hidden="true" />)}
      </button>
    </th>
  );
};

type RowProps = Pick<Props, "day" | "now" | "onOpen"> & {
  readonly duty: Duty;
  readonly index: number;
  readonly selected: boolean;
};

const Row = ({ duty, index, day, now, selected, onOpen }: RowProps) => {
  const change = useGlow(duty.id);
  const late = Math.floor(lateSeconds(duty, now) / 60);
  return (
    <tr
      aria-rowindex={index + 2}
      data-state={duty.state}
      data-selected={selected}
      aria-current={selected || undefined}
      data-glow={change > 0}
    >
      <td className={styles.state}>
        <StateGlyph state={duty.state} /> {stateText(duty, now)}
      </td>
      <th scope="row">
        <button type="button" onClick={() => onOpen(duty.id)}>
          {duty.run}
        </button>
      </th>
      <td>{duty.line}</td>
      <td>
        <bdi>{whoText(duty)}</bdi>
      </td>
      <td>{duty.driver?.number}</td>
      <td>
        <ShownTime day={day} seconds={duty.starts} />
      </td>
      <td>
        <ShownTime day={day} seconds={duty.ends} />
      </td>
      <td>{duty.signedOn !== null && <ShownTime day={day} seconds={duty.signedOn} />}</td>
      <td>{duty.signedOff !== null && <ShownTime day={day} seconds={duty.signedOff} />}</td>
      <td>{late > 0 && showMinutes(late)}</td>
      <td>{duty.pieces.map(({ block }) => block).join(", ")}</td>
      <td>
        <bdi>{duty.depot.name}</bdi>
      </td>
    </tr>
  );
};
