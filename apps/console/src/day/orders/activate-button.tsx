import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { boardKey } from "../board-query.ts";
import type { Depot } from "../model/duty.ts";
import { activateDay } from "./orders.ts";

type Props = { readonly depots: readonly Depot[]; readonly date: string; readonly urgent: boolean };

/** Makes the plan of a day its operation, in each of some depots. */
export const ActivateButton = ({ depots, date, urgent }: Props) => {
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => Promise.all(depots.map(({ id }) => activateDay(id, date))),
    onSettled: () => Promise.all(depots.map(({ id }) => client.invalidateQueries({ queryKey: boardKey(id, date) }))),
  });
  return (
    <>
      <span role="alert">{error?.message}</span>
      <Button size="compact-sm" variant={urgent ? "filled" : "default"} loading={isPending} onClick={() => mutate()}>
        {depots.length === 1 ? "Activate the day" : `Activate in ${depots.length} depots`}
      </Button>
    </>
  );
};
