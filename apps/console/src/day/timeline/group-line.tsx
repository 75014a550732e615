import { ChevronDown, ChevronRight } from "lucide-react";
import { memo } from "react";
import { wideGridCell } from "../../look/grid-roles.ts";
import { StateGlyph } from "../../look/state-glyph.tsx";
import { stateWords } from "../model/duty-state.ts";
import type { GroupRow } from "../model/rows.ts";
import styles from "./line.module.css";

type Props = { readonly row: GroupRow; readonly onFold: (key: string) => void };

/** The head of a group: its name, how many duties, and what is wrong in it. */
export const GroupLine = memo(({ row, onFold }: Props) => (
  <div {...wideGridCell} className={styles.group}>
    <button type="button" className={styles.fold} aria-expanded={!row.folded} onClick={() => onFold(row.key)}>
      {row.folded ? <ChevronRight size={15} aria-hidden="true" /> : <ChevronDown size={15} aria-hidden="true" />}
      <bdi className={styles.groupName}>{row.name}</bdi>
      <span className={styles.count}>{row.duties}</span>
      {row.troubled.map(([state, count]) => (
        <span key={state} className={styles.trouble} data-state={state}>
          <StateGlyph state={state} size={12} />
          {count} {stateWords[state].toLowerCase()}
        </span>
      ))}
    </button>
  </div>
));
