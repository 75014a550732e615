import { Tooltip } from "@mantine/core";
import { type LucideIcon, Radio, RadioTower, Unplug } from "lucide-react";
import type { LiveState } from "../live/live-connection.ts";
import { useLiveState } from "../live/live-status.ts";
import { toHeadwayTime } from "../time/headway-clock.ts";
import { showClock } from "../time/show-time.ts";
import styles from "./top-line.module.css";

/** Whether what is seen is live, and since when it is or is not. */
export const LiveBadge = ({ zone }: { zone: string }) => {
  const live = useLiveState();
  if (live === null) return null;
  const { icon: Icon, word, hint } = shownAs(live, showClock(toHeadwayTime(live.since), zone).slice(0, 5));
  return (
    <Tooltip label={hint} position="left">
      <span
        className={styles.live}
        data-live={live.kind}
        data-state={live.kind === "down" ? "late" : undefined}
        role="status"
      >
        <Icon size={15} aria-hidden="true" /> <span className={styles.liveWord}>{word}</span>
      </span>
    </Tooltip>
  );
};

type Shown = { readonly icon: LucideIcon; readonly word: string; readonly hint: string };

const shownAs = ({ kind }: LiveState, since: string): Shown => {
  switch (kind) {
    case "connecting":
      return { icon: Radio, word: "Connecting", hint: "Changes show as soon as the connection stands" };
    case "live":
      return { icon: RadioTower, word: "Live", hint: `Live since ${since}` };
    case "down":
      return {
        icon: Unplug,
        word: `Not live since ${since}`,
        hint: "It connects again by itself, and asks every 10 s until then",
      };
  }
};
