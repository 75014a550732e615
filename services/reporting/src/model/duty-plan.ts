import type { Instant } from "@headway/kernel/clock";
import type { DepotId, DutyId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { PlainDate } from "@headway/kernel/time";

export type Piece = Interval & { readonly block: string };

/** A duty as planning tells it. */
export type PlannedDuty = {
  readonly duty: DutyId;
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  readonly run: string;
  readonly line: string;
  readonly worked: Interval;
  readonly pieces: readonly Piece[];
  /** The duty's version as planning counts it. */
  readonly version: number;
  readonly changedAt: Instant;
};

/** A duty that is not to be worked; it keeps the plan it had. */
export type WithdrawnDuty = Pick<PlannedDuty, "duty" | "version" | "changedAt">;
