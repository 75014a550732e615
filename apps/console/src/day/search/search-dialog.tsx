import { Modal } from "@mantine/core";
import { Search } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { listBox, option } from "../../look/grid-roles.ts";
import { ShownTime } from "../../look/shown-time.tsx";
import { StateGlyph } from "../../look/state-glyph.tsx";
import type { ServiceDay } from "../../time/service-clock.ts";
import type { Duty } from "../model/duty.ts";
import { stateText, whoText } from "../model/lateness.ts";
import { matching } from "../model/matching.ts";
import styles from "./search.module.css";

type Props = {
  readonly opened: boolean;
  readonly duties: readonly Duty[];
  readonly day: ServiceDay;
  readonly now: number;
  readonly onClose: () => void;
  readonly onFound: (duty: Duty) => void;
};

const most = 12;

/** Finds a run or a driver of this board. */
export const SearchDialog = ({ opened, onClose, ...rest }: Props) => (
  <Modal
    opened={opened}
    onClose={onClose}
    withCloseButton={false}
    size={560}
    yOffset="12vh"
    padding={0}
    attributes={{ content: { "aria-label": "Find a run or a driver" } }}
    transitionProps={{ duration: 0 }}
  >
    <Finder {...rest} onClose={onClose} />
  </Modal>
);

const Finder = ({ duties, day, now, onFound }: Omit<Props, "opened">) => {
  const [typed, setTyped] = useState("");
  const [at, setAt] = useState(0);
  const found = matching(duties, typed);
  const shown = found.slice(0, most);
  const move = (event: KeyboardEvent): void => {
    const duty = shown[at];
    if (event.key === "ArrowDown") setAt(Math.min(shown.length - 1, at + 1));
    else if (event.key === "ArrowUp") setAt(Math.max(0, at - 1));
    else if (event.key === "Enter" && duty !== undefined) onFound(duty);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.finder}>
      <div className={styles.field}>
        <Search size={18} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          aria-label="Run, driver or number"
          aria-expanded={shown.length > 0}
          aria-controls="found"
          aria-autocomplete="list"
          aria-activedescendant={shown.length > 0 ? `found-${at}` : undefined}
          placeholder="Run, driver or number"
          value={typed}
          onChange={({ target }) => {
            setTyped(target.value);
            setAt(0);
          }}
          onKeyDown={move}
        />
      </div>
      <div {...listBox} className={styles.found}>
        {shown.map((duty, index) => (
          <div
            key={duty.id}
            {...option(index, index === at, { onPoint: () => setAt(index), onPick: () => onFound(duty) })}
          >
            <StateGlyph state={duty.state} />
            <b>{duty.run}</b>
            <bdi>{whoText(duty)}</bdi>
            <span className={styles.number}>{duty.driver?.number}</span>
            <span className={styles.times}>
              <ShownTime day={day} seconds={duty.starts} />–<ShownTime day={day} seconds={duty.ends} />
            </span>
            <span className={styles.word}>{stateText(duty, now)}</span>
          </div>
        ))}
      </div>
      <p className={styles.note} role="status">
        {noteOf(typed, found.length)}
      </p>
    </div>
  );
};

const noteOf = (typed: string, found: number): string => {
  if (typed.trim() === "") return "Searches the duties of this board. Enter shows the duty.";
  if (found === 0)
    return `Nothing on this board fits "${typed.trim()}". Other depots and days have boards of their own.`;
  return found > most ? `${found - most} more fit: type on to narrow them down.` : `${found} found`;
};
