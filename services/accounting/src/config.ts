import { z } from "zod";

/** accounting needs nothing beyond what every service gets. */
export const config = z.object({});
