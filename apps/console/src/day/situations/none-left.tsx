import { Button } from "@mantine/core";
import { Filter } from "lucide-react";
import { Situation } from "../../shell/situation.tsx";
import { type Figure, figureWords } from "../model/figures.ts";

const calm: Record<Figure, string> = {
  "on-duty": "Nobody is on duty right now.",
  late: "Nobody is late. Good.",
  missed: "No duty was missed. Good.",
  open: "Every duty has a driver. Good.",
  "next-hour": "Nobody signs on in the next hour.",
  "needs-review": "Nothing needs review. Good.",
};

/** A filter that leaves nothing. */
export const NoneLeft = ({ figure, onAll }: { figure: Figure; onAll: () => void }) => (
  <Situation
    icon={Filter}
    title={calm[figure]}
    actions={
      <Button variant="default" onClick={onAll}>
        Show all duties
      </Button>
    }
  >
    <p>You see only: {figureWords[figure].toLowerCase()}.</p>
  </Situation>
);
