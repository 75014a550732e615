import type { Brand } from "@headway/kernel/brand";
import type { Id } from "@headway/kernel/ids";

export type FeedId = Id<"Feed">;

/** A calendar of the feed (`service_id`): the days on which its trips run. */
export type ServiceId = Brand<string, "Service">;
/** A line as the feed knows it (`route_id`); the qualification that its drivers need. */
export type LineCode = Brand<string, "Line">;
export type StopId = Brand<string, "Stop">;
/** Where a vehicle may wait and drivers relieve each other: the stop that stands for a station. */
export type Terminal = StopId;
export type TripId = Brand<string, "Trip">;
export type BlockId = Brand<string, "Block">;
/** Readable, and only unique within its service: `801-014`. */
export type RunId = Brand<string, "Run">;
