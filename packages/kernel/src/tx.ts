declare const transaction: unique symbol;

/** An open transaction. Only packages/postgres makes one, and it is dead after commit. */
export type Tx = { readonly [transaction]: true };

/** One order to the domain: runs inside the door's transaction, refuses by throwing a DomainError. */
export type Command<Input, Output> = (tx: Tx, input: Input) => Promise<Output>;

/** What the model answers to an order: the next state, and the fact to record. */
export type Decision<State, Event> = { readonly next: State; readonly event: Event };
