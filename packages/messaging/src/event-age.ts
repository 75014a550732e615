const day = 24 * 60 * 60 * 1000;

/** Milliseconds for which a topic keeps its events. Kafka drops them by whole segments, so some stay up to a week longer. */
export const keptMs = 7 * day;

/** Milliseconds for which the inbox remembers what it has handled: far longer than anything can be delivered again. */
export const rememberedMs = 30 * day;

/**
 * From when on the flow of events is counted, in milliseconds: from the midnight (UTC) a week before today's, so that all
 * services that are asked look at the same events.
 */
export const flowBegins = (now: number): number => Math.floor(now / day) * day - 7 * day;

/** The least id of events that were recorded at this time (milliseconds) or later: UUIDv7 sort by it (RFC 9562). */
export const firstIdAt = (time: number): string => {
  const hex = Math.floor(time).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};
