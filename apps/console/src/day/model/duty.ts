import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { readSeconds, type ServiceDay } from "../../time/service-clock.ts";
import type { DutyState } from "./duty-state.ts";

export type BoardDuty = components["schemas"]["BoardDuty"];
export type Depot = components["schemas"]["Depot"];

export type Driver = { readonly id: string; readonly number: string; readonly name: string };
type Piece = { readonly block: string; readonly starts: number; readonly ends: number };

/** A duty of the board, its times in service seconds. */
export type Duty = {
  readonly id: string;
  readonly run: string;
  readonly line: string;
  readonly depot: Depot;
  readonly driver: Driver | null;
  readonly state: DutyState;
  readonly starts: number;
  readonly ends: number;
  readonly signedOn: number | null;
  readonly signedOff: number | null;
  /** Since when the driver rests; null while they do not. */
  readonly breakSince: number | null;
  readonly pieces: readonly Piece[];
  readonly missedBy: { readonly id: string; readonly name: string } | null;
  readonly cancelCause: BoardDuty["cancelCause"];
};

/** Reads a duty of the API. A driver whose name is not known is called by number. */
export const toDuty = (day: ServiceDay, depot: Depot, duty: BoardDuty): Duty => ({
  id: duty.dutyId,
  run: duty.runId,
  line: duty.line,
  depot,
  driver: toDriver(duty),
  state: duty.state,
  starts: readSeconds(day, duty.starts),
  ends: readSeconds(day, duty.ends),
  signedOn: duty.signedOnAt === null ? null : readSeconds(day, duty.signedOnAt),
  signedOff: duty.signedOffAt === null ? null : readSeconds(day, duty.signedOffAt),
  breakSince: duty.breakSince === null ? null : readSeconds(day, duty.breakSince),
  pieces: duty.pieces.map((piece) => ({
    block: piece.blockId,
    starts: readSeconds(day, piece.starts),
    ends: readSeconds(day, piece.ends),
  })),
  missedBy: duty.missedById === null ? null : { id: duty.missedById, name: duty.missedByName ?? "A driver" },
  cancelCause: duty.cancelCause,
});

const toDriver = ({ driverId, driverNumber, driverName }: BoardDuty): Driver | null => {
  if (driverId === null) return null;
  const number = driverNumber ?? "";
  return { id: driverId, number, name: driverName ?? (number === "" ? "Unknown driver" : `Driver ${number}`) };
};
