import { parseDate } from "@headway/kernel/time";
import { ActionIcon } from "@mantine/core";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import { type ReactNode, useRef } from "react";
import { showLongDate } from "../time/show-time.ts";
import styles from "./top-line.module.css";

type Props = {
  /** ISO date. */
  readonly day: string;
  /** The day that runs now. */
  readonly today: string;
  /** Called with null for "the day that runs now". */
  readonly onChoose: (day: string | null) => void;
};

/** Which service day the screen is about. */
export const DayPicker = ({ day, today, onChoose }: Props) => {
  const input = useRef<HTMLInputElement>(null);
  const date = parseDate(day, "day");
  const choose = (wanted: string): void => onChoose(wanted === today ? null : wanted);
  const step = (days: number): void => choose(date.add({ days }).toString());
  return (
    <fieldset className={styles.dayPicker}>
      <legend className="unseen">Service day</legend>
      <Step label="Day before" onClick={() => step(-1)} icon={<ChevronLeft size={16} />} />
      <button type="button" className={styles.picker} onClick={() => input.current?.showPicker()}>
        <CalendarDays size={16} aria-hidden="true" />
        <span className={styles.pickerName}>{showLongDate(date)}</span>
      </button>
      <input
        ref={input}
        className={styles.dateInput}
        type="date"
        tabIndex={-1}
        aria-label="Service day"
        value={day}
        onChange={({ target }) => target.value !== "" && choose(target.value)}
      />
      <Step label="Day after" onClick={() => step(1)} icon={<ChevronRight size={16} />} />
      {day !== today && (
        <button type="button" className={styles.today} onClick={() => onChoose(null)}>
          Today
        </button>
      )}
    </fieldset>
  );
};

type StepProps = {
  readonly label: string;
  readonly icon: ReactNode;
  readonly onClick: () => void;
};

const Step = ({ label, icon, onClick }: StepProps) => (
  <ActionIcon variant="subtle" color="gray" size={30} title={label} aria-label={label} onClick={onClick}>
    {icon}
  </ActionIcon>
);
