import { NativeSelect, TextInput } from "@mantine/core";
import type { ServiceDay } from "../../time/service-clock.ts";
import styles from "../drawer/drawer.module.css";
import type { Duty } from "../model/duty.ts";
import type { OrphanedSigning } from "../model/orphaned-signing.ts";
import { type DismissReason, dismissWords } from "../model/reason-words.ts";
import { MeantDuty } from "./meant-duty.tsx";
import { OrderForm } from "./order-form.tsx";
import orders from "./orders.module.css";
import { dismissSigning } from "./orders.ts";
import { useOrder } from "./use-order.ts";

type Props = {
  readonly signing: OrphanedSigning;
  readonly duties: readonly Duty[];
  readonly day: ServiceDay;
  readonly onDone: () => void;
};

/** What a person can make of a signing that fits no duty: say which one was meant, or that it counts for nothing. */
export const SigningOrders = ({ signing, duties, day, onDone }: Props) => (
  <>
    <section className={styles.section}>
      <h3>Which duty was meant?</h3>
      {duties.length === 0 && <p className={styles.quiet}>This driver has no duty on this day.</p>}
      <ul className={orders.candidates}>
        {duties.map((duty) => (
          <MeantDuty key={duty.id} duty={duty} signing={signing} day={day} onDone={onDone} />
        ))}
      </ul>
    </section>
    <Dismiss signing={signing} onDone={onDone} />
  </>
);

const Dismiss = ({ signing, onDone }: Pick<Props, "signing" | "onDone">) => {
  const { give, giving, refused } = useOrder(onDone);
  const dismiss = (fields: FormData): void =>
    give(async () => {
      await dismissSigning(
        signing.signingId,
        String(fields.get("reason")) as DismissReason,
        String(fields.get("note")),
      );
      return { duty: null, said: "It counts for nothing." };
    });
  return (
    <div className={styles.section}>
      <OrderForm title="Or it counts for nothing" doIt="Dismiss it" giving={giving} refused={refused} onGive={dismiss}>
        <NativeSelect name="reason" size="sm" label="Why" data={reasons} required withAsterisk={false} />
        <TextInput name="note" size="sm" label="Note (optional)" autoComplete="off" maxLength={500} />
      </OrderForm>
    </div>
  );
};

// Nothing is chosen beforehand: what is kept must be what somebody meant.
const reasons = [
  { value: "", label: "Choose" },
  ...Object.entries(dismissWords).map(([value, label]) => ({ value, label })),
];
