import { CircleCheck, X } from "lucide-react";
import { type Attention, type AttentionKind, attentionKinds, leadsTo } from "../model/attention.ts";
import styles from "./attention.module.css";
import { AttentionItem } from "./attention-item.tsx";

type Props = {
  readonly items: readonly Attention[];
  readonly selected: string | null;
  /** Whether it is called up where there is no room for it beside the board. */
  readonly panel: boolean;
  /** Whether a drawer stands in its place. */
  readonly covered: boolean;
  readonly onPick: (item: Attention) => void;
  readonly onClose: () => void;
};

const words: Record<AttentionKind, string> = {
  missed: "Missed",
  late: "Late",
  open: "Open now and in the next 4 hours",
  sick: "Sick calls",
  orphaned: "Signings without a duty",
  "needs-review": "Needs review",
  unworked: "Over and not worked",
};

/** So many of a kind are worked through one after the other; the rest is counted. */
const mostOfAKind = 25;

/** What needs a person now, most urgent first. */
export const AttentionColumn = ({ items, selected, panel, covered, onPick, onClose }: Props) => (
  <aside className={styles.column} data-panel={panel || undefined} inert={covered} aria-label="What needs a person now">
    <header className={styles.head}>
      <h2>Needs a person now</h2>
      <span className={styles.count}>{items.length}</span>
      <button type="button" className={styles.close} aria-label="Close" onClick={onClose}>
        <X size={16} />
      </button>
    </header>
    {items.length === 0 ? (
      <Calm />
    ) : (
      <div className={styles.list}>
        {attentionKinds.map((kind) => {
          const ofKind = items.filter((item) => item.kind === kind);
          return ofKind.length === 0 ? null : (
            <section key={kind} aria-label={words[kind]}>
              <h3>
                {words[kind]} <span>{ofKind.length}</span>
              </h3>
              <ul>
                {ofKind.slice(0, mostOfAKind).map((item) => (
                  <AttentionItem
                    key={item.key}
                    item={item}
                    selected={selected !== null && leadsTo(item) === selected}
                    onPick={onPick}
                  />
                ))}
              </ul>
              {ofKind.length > mostOfAKind && (
                <p className={styles.more}>and {ofKind.length - mostOfAKind} more: press the figure above the board</p>
              )}
            </section>
          );
        })}
      </div>
    )}
  </aside>
);

const Calm = () => (
  <div className={styles.calm}>
    <CircleCheck size={28} aria-hidden="true" />
    <p>
      <strong>Nothing needs you.</strong>
      <br />
      Late and missed sign-ons, open duties and sick calls show up here as they happen.
    </p>
  </div>
);
