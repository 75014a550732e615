import { useCallback, useEffect, useRef, useState } from "react";
import type { ChangeDay } from "./use-day-address.ts";

const pause = 150;

/** The selected duty: at once on the screen, and a moment later in the address, which need not hear of every arrow key. */
export const useSelection = (inAddress: string | null, change: ChangeDay) => {
  const [selected, setSelected] = useState(inAddress);
  const written = useRef(inAddress);
  const writing = useRef(0);

  useEffect(() => {
    if (inAddress === written.current) return;
    window.clearTimeout(writing.current);
    written.current = inAddress;
    setSelected(inAddress);
  }, [inAddress]);

  const select = useCallback(
    (duty: string): void => {
      setSelected(duty);
      window.clearTimeout(writing.current);
      writing.current = window.setTimeout(() => {
        written.current = duty;
        change({ duty, ask: null });
      }, pause);
    },
    [change],
  );

  useEffect(() => () => window.clearTimeout(writing.current), []);
  return [selected, select] as const;
};
