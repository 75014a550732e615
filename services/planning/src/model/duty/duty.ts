import type { Instant } from "@headway/kernel/clock";
import type { DepotId, DutyId, Version } from "@headway/kernel/ids";
import { serviceDayStart } from "@headway/kernel/service-day";
import type { PlainDate } from "@headway/kernel/time";
import type { BlockId, LineCode, RunId, ServiceId, Terminal, TripId } from "../ids.ts";
import type { Run } from "../run/run.ts";

/** A piece on a date. The first includes the report time and the last the clear time, so that what lies between is breaks. */
export type DutyPiece = {
  readonly block: BlockId;
  readonly starts: Instant;
  readonly ends: Instant;
  /** Names of the terminals. */
  readonly startPlace: string;
  readonly endPlace: string;
  /** How many. */
  readonly trips: number;
};

/** A run on a date: what one driver of the depot is to do. */
export type PlannedWork = {
  readonly depot: DepotId;
  readonly date: PlainDate;
  readonly service: ServiceId;
  readonly run: RunId;
  /** The line, which is also the qualification that the driver needs. */
  readonly line: LineCode;
  /** Report and clear. */
  readonly starts: Instant;
  readonly ends: Instant;
  readonly workMinutes: number;
  readonly pieces: readonly DutyPiece[];
  /** Those of all pieces: planning alone knows which. */
  readonly trips: readonly TripId[];
};

export type Duty = PlannedWork & { readonly id: DutyId; readonly version: Version };

/** What planning tells. */
export type DutyEvent = { readonly type: "DutyPlanned" | "DutyChanged" | "DutyWithdrawn"; readonly duty: Duty };

/** Where and when a service runs. */
export type Setting = {
  readonly depot: DepotId;
  readonly zone: string;
  readonly nameOf: (terminal: Terminal) => string;
};

/** A run on a date, its times counted from noon minus 12 hours: a change of the clocks moves no break and no minute of work. */
export const workOn = (run: Run, date: PlainDate, { depot, zone, nameOf }: Setting): PlannedWork => {
  const start = serviceDayStart(date, zone);
  const at = (minutes: number): Instant => start.add({ minutes });
  const last = run.pieces.length - 1;
  return {
    depot,
    date,
    service: run.service,
    run: run.id,
    line: run.line,
    starts: at(run.starts),
    ends: at(run.ends),
    workMinutes: run.work,
    pieces: run.pieces.map((piece, index) => ({
      block: piece.block,
      starts: at(index === 0 ? run.starts : piece.starts),
      ends: at(index === last ? run.ends : piece.ends),
      startPlace: nameOf(piece.from),
      endPlace: nameOf(piece.to),
      trips: piece.trips.length,
    })),
    trips: run.pieces.flatMap(({ trips }) => trips),
  };
};
