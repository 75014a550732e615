import type { IncomingMessage } from "node:http";

/**
 * Where a request comes from. Of X-Forwarded-For as many addresses are believed as there are proxies of our own before
 * us: each of them has appended the one that it saw.
 */
export const addressOf = ({ headers, socket }: IncomingMessage, proxies: number): string => {
  const forwarded = String(headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
  const seen = [...forwarded, socket.remoteAddress ?? "unknown"];
  return seen[Math.max(0, seen.length - 1 - proxies)] ?? "unknown";
};
