import { NativeSelect, TextInput } from "@mantine/core";
import { orderWords } from "../model/order.ts";
import type { DayDuty } from "../model/patch.ts";
import { type CancelCause, cancelWords } from "../model/reason-words.ts";
import { OrderForm } from "./order-form.tsx";
import { cancelDuty } from "./orders.ts";
import { useOrder } from "./use-order.ts";

type Props = {
  readonly duty: DayDuty;
  readonly onDone: (said: string) => void;
  readonly onBack: () => void;
};

/** A duty shall not run; why is kept for those who look later. */
export const CancelForm = ({ duty, onDone, onBack }: Props) => {
  const { give, giving, refused } = useOrder(onDone);
  const cancel = (fields: FormData): void => {
    const cause = String(fields.get("cause")) as CancelCause;
    give(async () => ({
      duty: await cancelDuty(duty, cause, String(fields.get("note"))),
      said: `${duty.runId} is cancelled.`,
    }));
  };
  return (
    <OrderForm
      title={orderWords.cancel}
      doIt={orderWords.cancel}
      giving={giving}
      refused={refused}
      onGive={cancel}
      onBack={onBack}
    >
      <p>It does not run, and whoever was to work it is free.</p>
      <NativeSelect name="cause" size="sm" label="Why" data={causes} required withAsterisk={false} data-autofocus />
      <TextInput name="note" size="sm" label="Note (optional)" autoComplete="off" maxLength={500} />
    </OrderForm>
  );
};

// Nothing is chosen beforehand: what is kept must be what somebody meant.
const causes = [
  { value: "", label: "Choose" },
  ...Object.entries(cancelWords).map(([value, label]) => ({ value, label })),
];
