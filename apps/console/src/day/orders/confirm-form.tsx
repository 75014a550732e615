import { driverNameOf } from "../model/driver-name.ts";
import type { Order } from "../model/order.ts";
import { orderWords } from "../model/order.ts";
import type { DayAssignment, DayDuty } from "../model/patch.ts";
import { OrderForm } from "./order-form.tsx";
import { reactivateDuty, releaseDriver, type SignResult, signFor } from "./orders.ts";
import { type Outcome, useOrder } from "./use-order.ts";

type Props = {
  readonly order: Exclude<Order, "replace" | "cancel" | "verify">;
  readonly duty: DayDuty;
  readonly onDone: (said: string) => void;
  readonly onBack: () => void;
};

/** An order that needs to know nothing but that it is meant. */
export const ConfirmForm = ({ order, duty, onDone, onBack }: Props) => {
  const { give, giving, refused } = useOrder(onDone);
  const holder = duty.assignments.at(-1);
  const { means, carryOut } = confirmed(order, duty, holder);
  return (
    <OrderForm
      title={orderWords[order]}
      doIt={orderWords[order]}
      giving={giving}
      refused={refused}
      onGive={() => give(carryOut)}
      onBack={onBack}
    >
      <p>{means}</p>
    </OrderForm>
  );
};

type Confirmed = { readonly means: string; readonly carryOut: () => Promise<Outcome> };

const confirmed = (order: Props["order"], duty: DayDuty, holder: DayAssignment | undefined): Confirmed => {
  const name = holder === undefined ? "The driver" : driverNameOf(holder);
  const driver = holder?.driverId ?? "";
  switch (order) {
    case "sign-on":
      return {
        means: `${name} stands at the desk: the sign-on counts from now.`,
        carryOut: async () => signed(await signFor(duty, driver, order), `${name} is signed on.`),
      };
    case "sign-off":
      return {
        means: `${name} leaves: the work ends now, and so do the hours that are paid. Where much is left of the duty, that becomes open work: find a replacement next.`,
        carryOut: async () => signed(await signFor(duty, driver, order), `${name} is signed off.`),
      };
    case "release":
      return {
        means: `${name} does not work this duty. It becomes open work, and the roster gets a new version: find a replacement next.`,
        carryOut: async () => {
          const released = await releaseDriver(duty, driver);
          return {
            duty: null,
            said: released ? `${name} is off ${duty.runId}: nobody is on it now.` : `${name} no longer had it.`,
          };
        },
      };
    case "reactivate":
      return {
        means: "It runs, with nobody on it: find a replacement next.",
        carryOut: async () => ({ duty: await reactivateDuty(duty), said: `${duty.runId} runs after all.` }),
      };
  }
};

const signed = ({ match }: SignResult, said: string): Outcome => ({
  duty: null,
  said: match === "orphaned" ? "The signing is kept, but the driver no longer has this duty: look again." : said,
});
