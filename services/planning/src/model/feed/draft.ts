import type { ServiceSeconds } from "@headway/kernel/service-day";
import type { BlockId, LineCode, ServiceId, StopId, TripId } from "../ids.ts";
import type { Line, Stop } from "./feed.ts";
import { Findings } from "./finding.ts";
import type { Service } from "./service.ts";
import type { StopTimes } from "./stop-times.ts";

export type DraftTrip = {
  readonly id: TripId;
  readonly row: number;
  readonly service: ServiceId;
  readonly line: LineCode;
  readonly headsign: string | null;
  readonly block: BlockId | null;
  readonly times: StopTimes;
  readonly frequencies: Frequency[];
};

/** Departures of a trip from `starts` until before `ends`, every `headway` seconds. */
type Frequency = {
  readonly row: number;
  readonly starts: ServiceSeconds;
  readonly ends: ServiceSeconds;
  readonly headway: number;
};

export type DraftService = Service & { readonly added: Set<string>; readonly removed: Set<string> };

/** A feed while it is read. */
export type Draft = {
  readonly findings: Findings;
  zone: string | null;
  readonly lines: Map<LineCode, Line>;
  readonly stops: Map<StopId, Stop & { readonly place: number }>;
  readonly services: Map<ServiceId, DraftService>;
  readonly trips: Map<TripId, DraftTrip>;
};

export const emptyDraft = (): Draft => ({
  findings: new Findings(),
  zone: null,
  lines: new Map(),
  stops: new Map(),
  services: new Map(),
  trips: new Map(),
});
