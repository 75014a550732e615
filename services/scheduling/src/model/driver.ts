import type { DepotId, DriverId } from "@headway/kernel/ids";
import type { Interval } from "@headway/kernel/interval";
import type { PlainDate } from "@headway/kernel/time";
import type { Held } from "./assignment.ts";

/** Days, both included; no end means until further notice. */
export type Days = { readonly from: PlainDate; readonly to: PlainDate | null };

export type Contract = Days & {
  /** The agreement whose work rules hold. */
  readonly agreement: string;
  readonly weeklyMinutes: number;
};

type Qualification = Days & { readonly code: string };

/** What the roster knows of a driver, without a name. Hr owns it. */
export type Driver = {
  readonly id: DriverId;
  /** The employee number: what every tie is broken by. */
  readonly number: string;
  readonly depot: DepotId;
  readonly employed: Days;
  readonly contracts: readonly Contract[];
  readonly qualifications: readonly Qualification[];
  /** Approved ones only. */
  readonly absences: readonly Interval[];
};

/** A driver with what they hold in the time that is looked at. */
export type RosteredDriver = { readonly driver: Driver; readonly held: readonly Held[] };
