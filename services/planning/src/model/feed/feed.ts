import type { DepotId } from "@headway/kernel/ids";
import type { ServiceSeconds } from "@headway/kernel/service-day";
import type { BlockId, LineCode, ServiceId, StopId, Terminal, TripId } from "../ids.ts";
import type { Service, Span } from "./service.ts";

export type Line = {
  readonly code: LineCode;
  readonly name: string;
  /** RRGGBB; null where the feed has none. */
  readonly colour: string | null;
};

export type LineDepot = { readonly line: LineCode; readonly depot: DepotId };

export type Stop = {
  readonly id: StopId;
  readonly name: string;
  /** The station that the platform belongs to. */
  readonly parent: StopId | null;
  /** Degrees; null where the feed does not say. */
  readonly at: { readonly latitude: number; readonly longitude: number } | null;
};

/** A vehicle's way between two terminals, as far as blocks and runs need to know it. */
export type Journey = {
  readonly id: TripId;
  readonly service: ServiceId;
  readonly line: LineCode;
  readonly from: Terminal;
  readonly to: Terminal;
  readonly starts: ServiceSeconds;
  readonly ends: ServiceSeconds;
};

/** A journey with all its stops. The three arrays run in step; times are seconds of the service day. */
export type Trip = Journey & {
  readonly block: BlockId;
  readonly headsign: string | null;
  /** Places in the feed's list of stops. */
  readonly stops: Int32Array;
  readonly arrivals: Int32Array;
  readonly departures: Int32Array;
};

/** A timetable, whole and free of errors. */
export type Feed = {
  /** The agency's time zone, in which all service times count. */
  readonly zone: string;
  /** The first and the last day that any service may run on. */
  readonly span: Span;
  /** False where the vehicles had to be made up. */
  readonly hasBlocks: boolean;
  readonly lines: readonly Line[];
  readonly stops: readonly Stop[];
  readonly services: readonly Service[];
  readonly trips: readonly Trip[];
};
