import type { Minute } from "./minute.ts";

/** A duty as the rehearsal sees it through the API. */
export type Duty = {
  readonly id: string;
  /** The service day, ISO. */
  readonly date: string;
  readonly service: string;
  readonly run: string;
  readonly depot: string;
  readonly qualification: string;
  readonly starts: Minute;
  readonly ends: Minute;
  /** What lies between its pieces, unpaid. */
  readonly gaps: readonly Stretch[];
  readonly workMinutes: number;
};

export type Stretch = { readonly starts: Minute; readonly ends: Minute };

/** A driver on a duty. The number names the driver to chance, the id to the API. */
export type Held = { readonly duty: Duty; readonly driver: string; readonly number: string };

/** What names a duty in every run of the rehearsal: nothing that is made anew each time. */
export const nameOf = ({ date, service, run }: Duty): string => `${date} ${service} ${run}`;

/** The same for a driver on a duty. */
export const nameOfHeld = ({ duty, number }: Held): string => `${nameOf(duty)} ${number}`;
