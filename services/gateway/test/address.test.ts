import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { addressOf } from "../src/inbound/address.ts";

const from = (peer: string, forwarded?: string): IncomingMessage => {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: peer });
  const message = new IncomingMessage(socket);
  if (forwarded) message.headers["x-forwarded-for"] = forwarded;
  return message;
};

test.each([
  ["nobody before us: what is claimed is not believed", 0, "10.0.0.9", "1.2.3.4", "10.0.0.9"],
  ["one proxy: the address that it saw", 1, "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"],
  ["two proxies: the one that the outer saw", 2, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"],
  ["a proxy that says nothing", 1, "10.0.0.1", undefined, "10.0.0.1"],
])("%s", (_what, proxies, peer, forwarded, address) => {
  expect(addressOf(from(peer, forwarded), proxies)).toBe(address);
});
