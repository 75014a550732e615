import { showServiceTime } from "@headway/kernel/service-day";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { epochMsOf, readSeconds, type ServiceDay } from "../../time/service-clock.ts";
import { readTime, showMinutes } from "../../time/show-time.ts";
import { driverNameOf } from "../model/driver-name.ts";
import { orderWords } from "../model/order.ts";
import { type DayDuty, needingReview } from "../model/patch.ts";
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
  const ends = readSeconds(day, duty.ends);
  const planned = showServiceTime(ends);
  const [typed, setTyped] = useState(planned);
  const seconds = readTime(typed);
  const assignment = needingReview(duty);
  const name = assignment === undefined ? "The driver" : driverNameOf(assignment);
  const off = assignment?.signedOffAt == null ? null : readSeconds(day, assignment.signedOffAt);
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
      {off === null ? (
        <p>
          {name} did not sign off: Headway did. The hours count until the planned end, {planned}, unless you know
          better. What is paid follows.
        </p>
      ) : (
        <p>
          {name} signed off at {showServiceTime(off)}, {showMinutes(Math.floor((off - ends) / 60))} after the planned
          end. The hours count until {planned} unless you say that the rest was work, too. What is paid follows.
        </p>
      )}
      <TextInput
        size="sm"
        label={`${name} worked until`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        error={seconds === null ? "A time like 15:40, or 25:10 after midnight" : null}
        description="After midnight go on past 24:00"
        data-autofocus
      />
      {off !== null && (
        <Button size="compact-sm" variant="default" justify="start" onClick={() => setTyped(showServiceTime(off))}>
          Until the sign-off, {showServiceTime(off)}
        </Button>
      )}
    </OrderForm>
  );
};
