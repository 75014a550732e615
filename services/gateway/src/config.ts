import { fileURLToPath } from "node:url";
import type { ReadFrom } from "@headway/service/config";
import { address, host, orElse, portNumber, secret, text, trimmed, whole } from "@headway/service/setting";

const mebibyte = 1024 * 1024;
const calls = whole(1, 1_000_000);
const seconds = whole(1, 86_400);

/** `200/10`: at most 200 calls in 10 seconds. */
const limit = trimmed((said) => {
  const [, often, long] = /^(\d+)\/(\d+)$/.exec(said) ?? [];
  if (often === undefined) throw new Error("must be calls by seconds, like 200/10");
  return { calls: calls(often), seconds: seconds(long) };
});

export const config = {
  HEADWAY_PORT: orElse(portNumber, 8080),
  HEADWAY_HOST: orElse(host, "127.0.0.1"),
  /** The installation's own; all services have it. */
  HEADWAY_INWARD_SECRET: secret,
  /** Where people reach Headway, if it is not this very address: https there makes the cookie secure. */
  HEADWAY_PUBLIC_URL: orElse(address("http", "https"), null),
  /** How many proxies stand before the gateway: that many addresses of X-Forwarded-For are believed. */
  HEADWAY_PROXIES: orElse(whole(0, 100), 0),
  HEADWAY_LIMIT_PERSON: orElse(limit, { calls: 200, seconds: 10 }),
  HEADWAY_LIMIT_MACHINE: orElse(limit, { calls: 5_000, seconds: 10 }),
  /** By address: before login, and with a wrong credential. */
  HEADWAY_LIMIT_STRANGER: orElse(limit, { calls: 60, seconds: 10 }),
  HEADWAY_MOST_JSON_BYTES: orElse(whole(1024, 64 * mebibyte), mebibyte),
  HEADWAY_MOST_UPLOAD_BYTES: orElse(whole(1024, 4096 * mebibyte), 256 * mebibyte),
  /** The file in which a host says how far its demo is; unset where there is none. */
  HEADWAY_DEMO: orElse(text, null),
  /** The folder of the built console. */
  HEADWAY_CONSOLE: orElse(text, fileURLToPath(new URL("../../../apps/console/dist/", import.meta.url))),
};

/** What the settings mean. */
export const meant = (said: ReadFrom<typeof config>) => ({
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
  demoFile: said.HEADWAY_DEMO,
  consoleFolder: said.HEADWAY_CONSOLE,
});
