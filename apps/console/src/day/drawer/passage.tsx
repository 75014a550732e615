import { ChevronLeft, ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import type { Attention, Passage as Way } from "../model/attention.ts";
import styles from "./drawer.module.css";

type Props = { readonly passage: Way; readonly onGo: (item: Attention | null) => void };

/** The way through what needs a person, one after the other: the drawer stands where their list does. */
export const Passage = ({ passage: { at, of, previous, next }, onGo }: Props) => {
  if (of === 0) return null;
  return (
    <nav className={styles.passage} aria-label="What needs a person now">
      <span>
        Needs a person <b>{at === null ? of : `${at} of ${of}`}</b>
      </span>
      <Go label="Previous (K)" icon={<ChevronLeft size={16} />} item={previous} onGo={onGo} />
      <Go label="Next (J)" icon={<ChevronRight size={16} />} item={next} onGo={onGo} />
    </nav>
  );
};

type GoProps = Pick<Props, "onGo"> & {
  readonly label: string;
  readonly icon: ReactNode;
  readonly item: Attention | null;
};

/** Stays where it is at an end, so that the focus does. */
const Go = ({ label, icon, item, onGo }: GoProps) => (
  <button type="button" title={label} aria-label={label} aria-disabled={item === null} onClick={() => onGo(item)}>
    {icon}
  </button>
);
