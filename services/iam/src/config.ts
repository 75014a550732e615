import { orElse, secret, whole } from "@headway/service/setting";

/** Minutes up to a year. */
const minutes = whole(1, 60 * 24 * 365);

export const config = {
  /** Mixed into every password, kept out of the database. Losing it makes all passwords worthless. */
  HEADWAY_PEPPER: secret,
  HEADWAY_BCRYPT_COST: orElse(whole(4, 15), 12),
  /** Minutes after the last use, and at the most. */
  HEADWAY_SESSION_IDLE_MINUTES: orElse(minutes, 60 * 12),
  HEADWAY_SESSION_TOTAL_MINUTES: orElse(minutes, 60 * 24 * 7),
  /** Tries to log in per minute, by user name and by address. */
  HEADWAY_LOGIN_TRIES: orElse(whole(1, 10_000), 10),
};
