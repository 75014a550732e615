import { Button } from "@mantine/core";
import { useState } from "react";
import type { ServiceDay } from "../../time/service-clock.ts";
import type { Duty } from "../model/duty.ts";
import { type Order, ordersFor, orderWords } from "../model/order.ts";
import type { DayDuty } from "../model/patch.ts";
import { CancelForm } from "./cancel-form.tsx";
import { ConfirmForm } from "./confirm-form.tsx";
import styles from "./orders.module.css";
import { ReplaceForm } from "./replace-form.tsx";
import { VerifyForm } from "./verify-form.tsx";

type Props = {
  readonly duty: Duty;
  /** As its owner tells it: an order names the version that was seen. */
  readonly fresh: DayDuty | undefined;
  readonly day: ServiceDay;
  readonly now: number;
  /** The order that is about to be given; null when none is. */
  readonly asked: Order | null;
  readonly onAsk: (order: Order | null) => void;
};

/** What can be done about a duty right now. */
export const DutyOrders = ({ duty, fresh, day, now, asked, onAsk }: Props) => {
  const [said, setSaid] = useState("");
  const possible = ordersFor(duty, now);
  const order = possible.find((one) => one === asked) ?? null;
  // The form goes, and with it what had the focus.
  const back = (): void => {
    onAsk(null);
    document.getElementById("duty-head")?.focus();
  };
  const done = (sentence: string): void => {
    setSaid(sentence);
    back();
  };
  const ask = (wanted: Order): void => {
    setSaid("");
    onAsk(wanted);
  };
  return (
    <footer className={styles.orders}>
      <p role="status" className={styles.said}>
        {said}
      </p>
      {order === null || fresh === undefined ? (
        <div className={styles.buttons}>
          {possible.map((one) => (
            <Button
              key={one}
              size="compact-md"
              variant={one === "replace" || (duty.state === "late" && one === "sign-on") ? "filled" : "default"}
              disabled={fresh === undefined}
              onClick={() => ask(one)}
            >
              {orderWords[one]}
            </Button>
          ))}
          {possible.length === 0 && <p className={styles.quiet}>Nothing to do about it.</p>}
        </div>
      ) : (
        <Form order={order} day={day} duty={fresh} onDone={done} onBack={back} />
      )}
    </footer>
  );
};

type FormProps = {
  readonly order: Order;
  readonly day: ServiceDay;
  readonly duty: DayDuty;
  readonly onDone: (said: string) => void;
  readonly onBack: () => void;
};

const Form = ({ order, day, ...rest }: FormProps) => {
  if (order === "replace") return <ReplaceForm {...rest} />;
  if (order === "cancel") return <CancelForm {...rest} />;
  if (order === "verify") return <VerifyForm {...rest} day={day} />;
  return <ConfirmForm order={order} {...rest} />;
};
