import { Kbd, Modal } from "@mantine/core";
import { StateGlyph } from "../../look/state-glyph.tsx";
import { dutyStates, stateMeanings, stateWords } from "../model/duty-state.ts";
import styles from "./keys.module.css";

const keys: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["↑", "↓"], "Move through the duties"],
  [["Page ↑", "Page ↓"], "Move by 20"],
  [["Home", "End"], "First, last duty"],
  [["←", "→"], "Move through the day"],
  [["Enter"], "Open the duty"],
  [["J", "K"], "Next, previous that needs a person"],
  [["R"], "Find a replacement, or first take the driver off"],
  [["Esc"], "Close what is open, then show all"],
  [["Ctrl", "K"], "Find a run or a driver"],
  [["N"], "Follow now"],
  [["+", "−"], "Show less, more time"],
  [["G"], "Group by line, depot, driver"],
  [["T"], "Timeline or table"],
  [["1", "…", "6"], "Show only a figure; 0 for all"],
  [["?"], "This help"],
];

/** The keys of the board and what its signs mean. */
export const KeyHelp = ({ opened, onClose }: { opened: boolean; onClose: () => void }) => (
  <Modal
    opened={opened}
    onClose={onClose}
    title="Keys and signs"
    size={720}
    transitionProps={{ duration: 0 }}
    attributes={{ header: { role: "none" } }}
    closeButtonProps={{ "aria-label": "Close" }}
  >
    <div className={styles.columns}>
      <dl className={styles.keys}>
        {keys.map(([names, does]) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <Kbd key={name}>{name}</Kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <dl className={styles.signs}>
        {dutyStates.map((state) => (
          <div key={state} data-state={state}>
            <dt>
              <StateGlyph state={state} size={16} />
              {stateWords[state]}
            </dt>
            <dd>{stateMeanings[state]}</dd>
          </div>
        ))}
      </dl>
    </div>
    <p className={styles.note}>
      A bar is the plan: its pieces are dark, a swing is hollow. The strip at its foot is what happened, from sign-on to
      sign-off; an amber strip before it is how late the driver was.
    </p>
  </Modal>
);
