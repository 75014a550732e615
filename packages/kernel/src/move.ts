import { conflict } from "./domain-error.ts";

/** A state machine as a table: from each state, the orders it takes and where they lead. */
export type Moves<State extends string, Order extends string> = Readonly<
  Record<State, Readonly<Partial<Record<Order, State>>>>
>;

/** Where an order leads. Refused with `<noun>.<state>`: the state that does not take the order. */
export const mover =
  <State extends string, Order extends string>(noun: string, moves: Moves<State, Order>) =>
  (state: State, order: Order): State => {
    const next = moves[state][order];
    if (next === undefined)
      throw conflict(
        `${noun}.${state}`,
        `This ${noun} is ${state.replaceAll("-", " ")}: ${inWords(order)} is not possible now.`,
      );
    return next;
  };

/** `SignOff` as people read it: sign off. */
const inWords = (order: string): string => order.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
