import { readConfig } from "@headway/service/config";
import { orElse, text, whole } from "@headway/service/setting";

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

const settings = {
  HEADWAY_DATA: orElse(text, ".headway"),
  HEADWAY_PORT: orElse(whole(1, 65_535), 8080),
};

/** Flags and environment; throws ConfigError where a setting is wrong. The demo lives on the real clock, so a rehearsal is always empty. */
export const readProfile = (
  { empty = false, fresh = false, rehearsal = false }: Flags,
  environment: NodeJS.ProcessEnv,
): Profile => {
  const { HEADWAY_DATA: folder, HEADWAY_PORT: port } = readConfig(settings, environment);
  return {
    empty: empty || rehearsal,
    fresh,
    rehearsal,
    folder,
    port,
  };
};
