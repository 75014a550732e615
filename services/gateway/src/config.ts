import { fileURLToPath } from "node:url";
import { portNumber, secret } from "@headway/service/config";
import { z } from "zod";

const bytes = z.coerce.number().int().min(1024);

/** `200/10`: at most 200 calls in 10 seconds. */
const limit = z
  .string()
  .regex(/^[1-9]\d*\/[1-9]\d*$/, "must be calls by seconds, like 200/10")
  .transform((text) => {
    const [calls = 0, seconds = 0] = text.split("/").map(Number);
    return { calls, seconds };
  });

export const config = z
  .object({
    HEADWAY_PORT: portNumber.default(8080),
    HEADWAY_HOST: z.string().default("127.0.0.1"),
    /** The installation's own; all services have it. */
    HEADWAY_INWARD_SECRET: secret,
    /** Where people reach Headway, if it is not this very address: https there makes the cookie secure. */
    HEADWAY_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** How many proxies stand before the gateway: that many addresses of X-Forwarded-For are believed. */
    HEADWAY_PROXIES: z.coerce.number().int().min(0).default(0),
    HEADWAY_LIMIT_PERSON: limit.default({ calls: 200, seconds: 10 }),
    HEADWAY_LIMIT_MACHINE: limit.default({ calls: 5_000, seconds: 10 }),
    /** By address: before login, and with a wrong credential. */
    HEADWAY_LIMIT_STRANGER: limit.default({ calls: 60, seconds: 10 }),
    HEADWAY_MOST_JSON_BYTES: bytes.default(1024 * 1024),
    HEADWAY_MOST_UPLOAD_BYTES: bytes.default(256 * 1024 * 1024),
    /** The file in which a host says how far its demo is; unset where there is none. */
    HEADWAY_DEMO: z.string().optional(),
    /** The folder of the built console. */
    HEADWAY_CONSOLE: z.string().default(fileURLToPath(new URL("../../../apps/console/dist/", import.meta.url))),
  })
  .transform((said) => ({
    listen: { port: said.HEADWAY_PORT, host: said.HEADWAY_HOST },
    address: {
      secure: said.HEADWAY_PUBLIC_URL?.startsWith("https:") ?? false,
      origin: said.HEADWAY_PUBLIC_URL ? new URL(said.HEADWAY_PUBLIC_URL).origin : null,
    },
    proxies: said.HEADWAY_PROXIES,
    secret: said.HEADWAY_INWARD_SECRET,
    limits: {
      person: said.HEADWAY_LIMIT_PERSON,
      machine: said.HEADWAY_LIMIT_MACHINE,
      stranger: said.HEADWAY_LIMIT_STRANGER,
    },
    bodies: { mostJsonBytes: said.HEADWAY_MOST_JSON_BYTES, mostUploadBytes: said.HEADWAY_MOST_UPLOAD_BYTES },
    demoFile: said.HEADWAY_DEMO ?? null,
    consoleFolder: said.HEADWAY_CONSOLE,
  }));
