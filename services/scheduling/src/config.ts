import { z } from "zod";

/** scheduling needs nothing beyond what every service gets. */
export const config = z.object({});
