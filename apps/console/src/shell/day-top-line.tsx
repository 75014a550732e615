import { Kbd } from "@mantine/core";
import { Search } from "lucide-react";
import type { Depot } from "../day/model/duty.ts";
import { DayPicker } from "./day-picker.tsx";
import { DepotClock } from "./depot-clock.tsx";
import { DepotPicker } from "./depot-picker.tsx";
import { LiveBadge } from "./live-badge.tsx";
import styles from "./top-line.module.css";
import { TopLine } from "./top-line.tsx";

type Props = {
  readonly depots: readonly Depot[];
  readonly chosen: string;
  readonly zone: string;
  readonly day: string;
  readonly today: string;
  readonly onDepot: (code: string) => void;
  readonly onDay: (day: string | null) => void;
  /** Null where there is nothing to search. */
  readonly onSearch: (() => void) | null;
};

/** The top line of a screen about a depot's day: where and when it is, and whether it is live. */
export const DayTopLine = ({ depots, chosen, zone, day, today, onDepot, onDay, onSearch }: Props) => (
  <TopLine
    right={
      <>
        <LiveBadge zone={zone} />
        <DepotClock zone={zone} />
      </>
    }
  >
    <DepotPicker depots={depots} chosen={chosen} onChoose={onDepot} />
    <DayPicker day={day} today={today} onChoose={onDay} />
    {onSearch !== null && (
      <button type="button" className={styles.search} onClick={onSearch} aria-keyshortcuts="Control+K">
        <Search size={15} aria-hidden="true" />
        <span className={styles.searchWord}>Find a run or a driver</span>
        <Kbd className={styles.kbd}>Ctrl K</Kbd>
      </button>
    )}
  </TopLine>
);
