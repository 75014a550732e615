import { z } from "zod";

/** planning needs nothing beyond what every service gets. */
export const config = z.object({});
