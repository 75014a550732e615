import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Refusal } from "../../api/refusal.ts";
import { whatHappened } from "../../api/what-happened.ts";
import { headwayNow } from "../../time/headway-clock.ts";
import type { DayDuty } from "../model/patch.ts";
import { takeDuty } from "../take-duty.ts";

/** What came of an order: a sentence, and the duty as it is now where the answer tells it. */
export type Outcome = { readonly said: string; readonly duty: DayDuty | null };

/** Everything that an order may have changed beside the board, by the first part of its key. */
const subjects = ["day-duty", "signings", "driver-week", "candidates", "orphaned-signings"];

/** Gives orders about the day. What came of one shows on the board at once, before anybody else tells of it. */
export const useOrder = (onDone: (said: string) => void) => {
  const client = useQueryClient();
  const order = useMutation({
    mutationFn: (give: () => Promise<Outcome>) => give(),
    onSuccess: ({ said, duty }) => {
      if (duty !== null) takeDuty(client, duty, new Date(headwayNow()).toISOString());
      onDone(said);
    },
    // Also when it was refused: somebody else may have been quicker.
    onSettled: () => {
      for (const subject of subjects) void client.invalidateQueries({ queryKey: [subject] });
    },
  });
  const refused = order.error === null ? null : refusedWords(order.error);
  return { give: order.mutate, giving: order.isPending, refused };
};

/** Why an order did not go through, and what to do now. */
const refusedWords = (error: Error): string => {
  if (error instanceof Refusal && error.status === 412)
    return "Somebody has changed this duty meanwhile. You see it now as it stands: look again, then decide.";
  if (error instanceof Refusal && error.status < 500 && error.status !== 429) return error.message;
  const { what, remedy } = whatHappened(error);
  return `${what} ${remedy}`;
};
