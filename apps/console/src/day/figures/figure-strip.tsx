import { Clock3 } from "lucide-react";
import { useEffect, useRef } from "react";
import { StateGlyph } from "../../look/state-glyph.tsx";
import { useEdges } from "../../look/use-edges.ts";
import { type Figure, figures, figureWords } from "../model/figures.ts";
import styles from "./figure-strip.module.css";

type Props = {
  readonly all: number;
  readonly sums: Record<Figure, number>;
  readonly chosen: Figure | null;
  /** Called with null for all duties. */
  readonly onChoose: (figure: Figure | null) => void;
};

const counting = new Intl.NumberFormat("en");

/** The figures of the day. Each one is a filter, too. */
export const FigureStrip = ({ all, sums, chosen, onChoose }: Props) => {
  const strip = useRef<HTMLFieldSetElement>(null);
  useEdges(strip);
  useEffect(() => {
    const pressed = chosen === null ? null : strip.current?.querySelector('[aria-pressed="true"]');
    pressed?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [chosen]);
  return (
    <fieldset ref={strip} className={styles.strip}>
      <legend className="unseen">Show only</legend>
      <button type="button" className={styles.figure} aria-pressed={chosen === null} onClick={() => onChoose(null)}>
        <span className={styles.number}>{counting.format(all)}</span>
        <span className={styles.word}>{all === 1 ? "duty" : "duties"}</span>
      </button>
      {figures.map((figure) => (
        <button
          key={figure}
          type="button"
          className={styles.figure}
          data-state={figure === "next-hour" ? "covered" : figure}
          data-none={sums[figure] === 0}
          aria-pressed={chosen === figure}
          onClick={() => onChoose(chosen === figure ? null : figure)}
        >
          {figure === "next-hour" ? <Clock3 size={14} aria-hidden="true" /> : <StateGlyph state={figure} />}
          <span className={styles.number}>{counting.format(sums[figure])}</span>
          <span className={styles.word}>{figureWords[figure].toLowerCase()}</span>
        </button>
      ))}
    </fieldset>
  );
};
