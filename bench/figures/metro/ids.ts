/** What a bench's metro has. Each kind has ids of its own, counted from 0. */
export type Kind = keyof typeof prefixes;

const prefixes = {
  depot: "d0000000",
  driver: "e0000000",
  duty: "f0000000",
  roster: "a0000000",
  assignment: "b0000000",
  user: "c0000000",
  session: "90000000",
} as const;

const prefix = (kind: Kind): string => `${prefixes[kind]}-0000-7000-8000-`;

// So that all are of one length without padding: pgbench can only count.
const first = 100_000_000_000;

/** The id of the thing with this number. */
export const idOf = <Id extends string>(kind: Kind, number: number): Id => `${prefix(kind)}${first + number}` as Id;

/** The same as an SQL expression, of a bigint expression. */
export const sqlId = (kind: Kind, number: string): string =>
  `('${prefix(kind)}' || (${first} + (${number}))::text)::uuid`;
