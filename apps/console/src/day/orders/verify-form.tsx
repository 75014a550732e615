import { showServiceTime } from "@headway/kernel/service-day";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { epochMsOf, type ServiceDay } from "../../time/service-clock.ts";
import { readTime } from "../../time/show-time.ts";
import { orderWords } from "../model/order.ts";
import { type DayAssignment, type DayDuty, needingReview } from "../model/patch.ts";
import { leftText, reviewOf } from "../model/review.ts";
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
export const VerifyForm = ({ duty, ...rest }: Props) => {
  const assignment = needingReview(duty);
  // Null once somebody else was quicker.
  return assignment === undefined ? null : <Verify duty={duty} assignment={assignment} {...rest} />;
};

const Verify = ({ duty, assignment, day, onDone, onBack }: Props & { readonly assignment: DayAssignment }) => {
  const { give, giving, refused } = useOrder(onDone);
  const review = reviewOf(day, duty, assignment);
  const { name, planned, counted, signedOff, latest } = review;
  const [typed, setTyped] = useState(showServiceTime(counted));
  const seconds = readTime(typed);
  const whole = signedOff !== null && signedOff <= latest ? showServiceTime(signedOff) : null;
  const verify = (): void => {
    if (seconds === null) return;
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
      <p>
        {leftText(review)} The hours count until {counted < planned ? "other work began" : "the planned end"},{" "}
        {showServiceTime(counted)}, unless {whole === null ? "you know better" : "you say that the rest was work, too"}.
        What is paid follows.
      </p>
      <TextInput
        size="sm"
        label={`${name} worked until`}
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        error={seconds === null ? "A time like 15:40, or 25:10 after midnight" : null}
        description="After midnight go on past 24:00"
      />
      {whole !== null && (
        <Button size="compact-sm" variant="default" justify="start" onClick={() => setTyped(whole)}>
          Until the sign-off, {whole}
        </Button>
      )}
    </OrderForm>
  );
};
