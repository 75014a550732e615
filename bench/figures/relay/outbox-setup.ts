/** What pg-transactional-outbox makes and listens to. */
export const setup = {
  outboxOrInbox: "outbox",
  database: "outbox",
  schema: "public",
  table: "outbox",
  listenerRole: "headway",
  publication: "outbox_publication",
  replicationSlot: "outbox_slot",
} as const;

export type Draining = { readonly url: string; readonly brokers: readonly string[] };
