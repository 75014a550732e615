import { z } from "zod";

/** notification needs nothing beyond what every service gets. */
export const config = z.object({});
