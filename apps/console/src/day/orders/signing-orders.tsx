import { Button, NativeSelect, TextInput } from "@mantine/core";
import { ShownTime } from "../../look/shown-time.tsx";
import { StateGlyph } from "../../look/state-glyph.tsx";
import type { ServiceDay } from "../../time/service-clock.ts";
import { fetchDayDuty } from "../day-duty-query.ts";
import styles from "../drawer/drawer.module.css";
import type { Duty } from "../model/duty.ts";
import { stateWords } from "../model/duty-state.ts";
import type { OrphanedSigning } from "../model/orphaned-signing.ts";
import { type DismissReason, dismissWords } from "../model/reason-words.ts";
import { OrderForm } from "./order-form.tsx";
import orders from "./orders.module.css";
import { dismissSigning, matchSigning } from "./orders.ts";
import { type Outcome, useOrder } from "./use-order.ts";

type Props = {
  readonly signing: OrphanedSigning;
  readonly duties: readonly Duty[];
  readonly day: ServiceDay;
  readonly onDone: () => void;
};

/** What a person can make of a signing that fits no duty: say which one was meant, or that it counts for nothing. */
export const SigningOrders = ({ signing, duties, day, onDone }: Props) => {
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
    <>
      <section className={styles.section}>
        <h3>Which duty was meant?</h3>
        {duties.length === 0 && <p className={styles.quiet}>This driver has no duty on this day.</p>}
        <ul className={orders.candidates}>
          {duties.map((duty) => (
            <li key={duty.id} data-state={duty.state}>
              <span className={orders.who}>
                {duty.run}{" "}
                <span className={orders.quiet}>
                  <ShownTime day={day} seconds={duty.starts} /> – <ShownTime day={day} seconds={duty.ends} />
                </span>
              </span>
              <Button size="compact-xs" disabled={giving} onClick={() => give(() => match(signing, duty.id))}>
                This one
              </Button>
              <span className={orders.standing}>
                <StateGlyph state={duty.state} size={12} /> {stateWords[duty.state]}
              </span>
            </li>
          ))}
        </ul>
      </section>
      <div className={styles.section}>
        <OrderForm
          title="Or it counts for nothing"
          doIt="Dismiss it"
          giving={giving}
          refused={refused}
          onGive={dismiss}
        >
          <NativeSelect name="reason" size="sm" label="Why" data={reasons} />
          <TextInput name="note" size="sm" label="Note (optional)" autoComplete="off" maxLength={500} />
        </OrderForm>
      </div>
    </>
  );
};

const reasons = Object.entries(dismissWords).map(([value, label]) => ({ value, label }));

/** Lets the signing count on the driver's newest assignment to a duty. */
const match = async ({ signingId, driverId }: OrphanedSigning, dutyId: string): Promise<Outcome> => {
  const { assignments } = await fetchDayDuty(dutyId);
  const own = assignments.findLast((assignment) => assignment.driverId === driverId);
  if (own === undefined) return { duty: null, said: "The driver never had this duty." };
  const { duty } = await matchSigning(signingId, own.id);
  return { duty, said: `It counts on ${duty.runId}.` };
};
