import { Button } from "@mantine/core";
import { CloudOff, TriangleAlert } from "lucide-react";
import { whatHappened } from "../api/what-happened.ts";
import { Situation } from "./situation.tsx";

/** What a screen is about could not be had: why, and how to try again. */
export const Failed = ({ error, onRetry }: { error: unknown; onRetry: () => void }) => {
  const { kind, what, remedy } = whatHappened(error);
  return (
    <Situation
      alert
      icon={kind === "offline" ? CloudOff : TriangleAlert}
      title={what}
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      <p>{remedy}</p>
    </Situation>
  );
};
