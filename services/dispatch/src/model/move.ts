import { conflict } from "@headway/kernel/domain-error";

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
      throw conflict(`${noun}.${state}`, `This ${noun} is ${state.replaceAll("-", " ")}: it does not take ${order}.`);
    return next;
  };
