import { CannotStart } from "./cannot-start.ts";

/** How one wants Headway to start. */
export type Profile = {
  /** Without the demo metro. */
  readonly empty: boolean;
  /** From nothing: all data of the folder are removed. */
  readonly fresh: boolean;
  /** Time is what an administrator sets. */
  readonly rehearsal: boolean;
  readonly folder: string;
  readonly port: number;
};

export type Flags = { readonly empty?: boolean; readonly fresh?: boolean; readonly rehearsal?: boolean };

/** Flags and environment. The demo lives on the real clock, so a rehearsal is always empty. */
export const readProfile = (
  { empty = false, fresh = false, rehearsal = false }: Flags,
  environment: NodeJS.ProcessEnv,
): Profile => {
  const port = environment.HEADWAY_PORT ?? "8080";
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new CannotStart(`HEADWAY_PORT must be a port number, not "${port}".`);
  return {
    empty: empty || rehearsal,
    fresh,
    rehearsal,
    folder: environment.HEADWAY_DATA ?? ".headway",
    port: Number(port),
  };
};
