import { Siren } from "lucide-react";
import type { ServiceDay } from "../time/service-clock.ts";
import { AttentionColumn } from "./attention/attention-column.tsx";
import type { DayAddress } from "./day-address.ts";
import styles from "./day-board.module.css";
import { DutyDrawer } from "./drawer/duty-drawer.tsx";
import { Passage } from "./drawer/passage.tsx";
import { SigningDrawer } from "./drawer/signing-drawer.tsx";
import { BoardTools } from "./figures/board-tools.tsx";
import { FigureStrip } from "./figures/figure-strip.tsx";
import { KeyHelp } from "./keys/key-help.tsx";
import { useBoardFocus } from "./keys/use-board-focus.ts";
import { passageOf } from "./model/attention.ts";
import type { Depot, Duty } from "./model/duty.ts";
import type { OrphanedSigning } from "./model/orphaned-signing.ts";
import type { Standing } from "./model/standing.ts";
import { SearchDialog } from "./search/search-dialog.tsx";
import { NoneLeft } from "./situations/none-left.tsx";
import { DutyTable } from "./table/duty-table.tsx";
import { Timeline } from "./timeline/timeline.tsx";
import { useAnnouncement } from "./use-announcement.ts";
import { useAttention } from "./use-attention.ts";
import { useBoardActions } from "./use-board-actions.ts";
import { type BoardView, useBoardView } from "./use-board-view.ts";
import type { ChangeDay } from "./use-day-address.ts";
import type { DayDuties } from "./use-day-duties.ts";
import { useSelection } from "./use-selection.ts";

type Props = {
  readonly day: ServiceDay;
  readonly depots: readonly Depot[];
  readonly board: DayDuties;
  /** What it means for this day that a depot has not activated it. */
  readonly standing: Standing;
  readonly address: DayAddress;
  readonly change: ChangeDay;
  readonly finding: boolean;
  readonly onFinding: (finding: boolean) => void;
};

/** The board of a day that has duties. */
export const DayBoardView = (props: Props) => {
  const { day, depots, board, standing, address, finding, onFinding } = props;
  const { duties } = board;
  const [selected, select] = useSelection(address.duty ?? null, props.change);
  const view = useBoardView(day, duties, address, selected);
  const attention = useAttention(depots, day, board, view.now);
  const announcement = useAnnouncement(attention);
  const signing = attention.find(({ key }) => key === address.signing)?.signing ?? undefined;
  const opened = address.open === true ? view.selected : null;
  const passage = passageOf(attention, signing?.signingId ?? opened?.id ?? null);
  const act = useBoardActions({ ...props, view, passage });
  const way = <Passage passage={passage} onGo={act.go} />;
  useBoardFocus(address.view);
  return (
    <div className={styles.board}>
      <p className="unseen" role="status">
        {announcement}
      </p>
      <Strip duties={duties} address={address} view={view} act={act} calls={attention.length} />
      <div className={styles.body}>
        <Duties {...props} duties={duties} view={view} act={act} selected={selected} onSelect={select} />
        <AttentionColumn
          items={attention}
          selected={address.signing ?? selected}
          panel={address.panel === true}
          covered={signing !== undefined || opened !== null}
          onPick={act.go}
          onClose={act.panel}
        />
        {signing !== undefined && (
          <SigningDrawer
            signing={signing}
            duties={duties.filter((duty) => isOf(duty, signing))}
            day={day}
            passage={way}
            onClose={act.close}
          />
        )}
        {opened !== null && (
          <DutyDrawer
            duty={opened}
            day={day}
            now={view.now}
            inactive={board.inactive.includes(opened.depot) ? standing : null}
            passage={way}
            asked={address.ask ?? null}
            onAsk={act.ask}
            onClose={act.close}
          />
        )}
      </div>
      <SearchDialog
        opened={finding}
        duties={duties}
        day={day}
        now={view.now}
        onClose={() => onFinding(false)}
        onFound={(duty) => act.reveal(duty)}
      />
      <KeyHelp opened={act.helping} onClose={act.help} />
    </div>
  );
};

const isOf = ({ id, driver, missedBy }: Duty, { driverId, dutyId }: OrphanedSigning): boolean =>
  id === dutyId || driver?.id === driverId || missedBy?.id === driverId;

type Parts = { readonly view: BoardView; readonly act: ReturnType<typeof useBoardActions> };
type StripProps = Pick<Props, "address"> & Parts & { readonly duties: readonly Duty[]; readonly calls: number };

const Strip = ({ duties, address, view, act, calls }: StripProps) => (
  <div className={styles.strip}>
    <FigureStrip all={duties.length} sums={view.sums} chosen={address.show ?? null} onChoose={act.show} />
    <button
      type="button"
      className={styles.call}
      aria-label={`Needs a person: ${calls}`}
      aria-expanded={address.panel === true}
      onClick={act.panel}
    >
      <Siren size={16} aria-hidden="true" />
      <span className={styles.callWord}>Needs a person</span> <b>{calls}</b>
    </button>
    <BoardTools
      grouping={view.grouping}
      zoom={view.zoom}
      following={view.at === null}
      table={address.view === "table"}
      onGroup={act.group}
      onZoom={act.zoom}
      onNow={act.followNow}
      onTable={act.table}
      onKeys={act.help}
    />
  </div>
);

type DutiesProps = Pick<Props, "day" | "address"> &
  Parts & {
    readonly duties: readonly Duty[];
    readonly selected: string | null;
    readonly onSelect: (duty: string) => void;
  };

const Duties = ({ day, duties, address, view, act, selected, onSelect }: DutiesProps) => {
  if (view.shown.length === 0 && address.show !== undefined)
    return <NoneLeft figure={address.show} onAll={() => act.show(null)} />;
  if (address.view === "table")
    return (
      <DutyTable
        duties={view.shown}
        day={day}
        now={view.now}
        selected={selected}
        onSelect={onSelect}
        onOpen={act.open}
      />
    );
  return (
    <Timeline
      day={day}
      all={duties}
      rows={view.rows}
      span={view.span}
      grouping={view.grouping}
      zoom={view.zoom}
      at={view.at}
      now={view.now}
      recall={act.recall}
      selected={selected}
      onAt={act.scrollTo}
      onSelect={onSelect}
      onOpen={act.open}
      onFold={act.fold}
    />
  );
};
