import { z } from "zod";

/** hr needs nothing beyond what every service gets. */
export const config = z.object({});
