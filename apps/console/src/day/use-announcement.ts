import { useEffect, useRef, useState } from "react";
import type { Attention } from "./model/attention.ts";

/** A sentence for screen readers about what newly needs a person; empty when the board is first shown. */
export const useAnnouncement = (items: readonly Attention[]): string => {
  const known = useRef<ReadonlySet<string> | null>(null);
  const [sentence, setSentence] = useState("");
  useEffect(() => {
    const before = known.current;
    known.current = new Set(items.map(nameOf));
    if (before === null) return;
    const fresh = items.filter((item) => !before.has(nameOf(item)));
    const [first] = fresh;
    if (first === undefined) return;
    const others = fresh.length === 1 ? "" : `, and ${fresh.length - 1} more`;
    setSentence(`${first.duty?.run ?? ""} ${first.what}${others}. ${first.next}.`);
  }, [items]);
  return sentence;
};

const nameOf = ({ kind, key }: Attention): string => `${kind} ${key}`;
