import { secret } from "@headway/service/config";
import { z } from "zod";

export const config = z.object({
  /** Mixed into every password, kept out of the database. Losing it makes all passwords worthless. */
  HEADWAY_PEPPER: secret,
  HEADWAY_BCRYPT_COST: z.coerce.number().int().min(4).max(15).default(12),
  /** Minutes after the last use, and at the most. */
  HEADWAY_SESSION_IDLE_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(60 * 12),
  HEADWAY_SESSION_TOTAL_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(60 * 24 * 7),
  /** Tries to log in per minute, by user name and by address. */
  HEADWAY_LOGIN_TRIES: z.coerce.number().int().min(1).default(10),
});
