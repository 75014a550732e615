import { TextInput } from "@mantine/core";
import { useState } from "react";
import { epochMsOf, readSeconds, type ServiceDay } from "../../time/service-clock.ts";
import { readTime, showTime } from "../../time/show-time.ts";
import { driverNameOf } from "../model/driver-name.ts";
import { orderWords } from "../model/order.ts";
import type { DayDuty } from "../model/patch.ts";
import { OrderForm } from "./order-form.tsx";
import { verifyWorkedTime } from "./orders.ts";
import { useOrder } from "./use-order.ts";

type Props = {
  readonly duty: DayDuty;
  readonly day: ServiceDay;
  readonly onDone: (said: string) => void;
  readonly onBack: () => void;
};

/** A person says until when a driver worked, where Headway signed off or the sign-off came much too late. */
export const VerifyForm = ({ duty, day, onDone, onBack }: Props) => {
  const { give, giving, refused } = useOrder(onDone);
  const [typed, setTyped] = useState(showTime(day, readSeconds(day, duty.ends)).time);
  const seconds = readTime(typed);
  const assignment = duty.assignments.findLast(({ state }) => state === "needs-review");
  const name = assignment === undefined ? "The driver" : driverNameOf(assignment);
  const verify = (): void => {
    if (seconds === null || assignment === undefined) return;
    give(async () => ({
      duty: await verifyWorkedTime(duty, assignment.id, epochMsOf(day, seconds)),
      said: `The hours of ${name} are verified: worked until ${typed}.`,
    }));
  };
  return (
    <OrderForm
      title={orderWords.verify}
      doIt={orderWords.verify}
      giving={giving}
      refused={refused}
      onGive={verify}
      onBack={onBack}
    >
      <p>What is paid follows. It ends at the planned time unless you know better: after midnight go on past 24:00.</p>
      <TextInput
        size="sm"
        label={`${name} worked until`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        error={seconds === null ? "A time like 15:40, or 25:10 after midnight" : null}
        data-autofocus
      />
    </OrderForm>
  );
};
