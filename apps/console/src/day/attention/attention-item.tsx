import { ArrowRight, HeartPulse, Nfc } from "lucide-react";
import { StateGlyph } from "../../look/state-glyph.tsx";
import type { Attention } from "../model/attention.ts";
import type { DutyState } from "../model/duty-state.ts";
import styles from "./attention.module.css";

type Props = { readonly item: Attention; readonly selected: boolean; readonly onPick: (item: Attention) => void };

/** One thing that needs a person, with its next action; pressing it shows the duty. */
export const AttentionItem = ({ item, selected, onPick }: Props) => {
  const leads = item.duty !== null || item.signing !== null;
  return (
    <li>
      <button
        type="button"
        className={styles.item}
        data-state={stateOf(item)}
        aria-current={selected}
        aria-disabled={!leads}
        onClick={() => leads && onPick(item)}
      >
        <span className={styles.sign}>
          <Sign item={item} />
        </span>
        <span className={styles.line}>
          {item.duty === null ? <bdi className={styles.what}>{item.what}</bdi> : <b>{item.duty.run}</b>}
          <span className={styles.when}>{item.when}</span>
        </span>
        {item.duty !== null && <bdi className={styles.what}>{item.what}</bdi>}
        <span className={styles.next}>
          <ArrowRight size={13} aria-hidden="true" />
          {item.next}
        </span>
      </button>
    </li>
  );
};

const Sign = ({ item }: { item: Attention }) => {
  const { kind } = item;
  if (kind === "sick") return <HeartPulse size={15} aria-hidden="true" />;
  if (kind === "orphaned") return <Nfc size={15} aria-hidden="true" />;
  return <StateGlyph state={stateOf(item)} size={15} />;
};

const stateOf = ({ kind, duty }: Attention): DutyState => {
  if (kind === "unworked") return duty?.state ?? "open";
  return kind === "sick" || kind === "orphaned" ? "covered" : kind;
};
