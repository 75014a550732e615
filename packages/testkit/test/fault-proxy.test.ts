import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { type FaultProxy, faultProxy } from "../src/fault-proxy.ts";

/** A proxy before a server that echoes. */
const echoProxy = async (): Promise<FaultProxy> => {
  const server = createServer((socket) => socket.on("error", () => undefined).pipe(socket)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const proxy = await faultProxy(`127.0.0.1:${typeof address === "object" ? address?.port : address}`);
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  return proxy;
};

const connected = async (proxy: FaultProxy): Promise<Socket> => {
  const socket = connect(proxy.port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
};

const echo = async (socket: Socket, text: string): Promise<string> => {
  socket.write(text);
  const [answer] = await once(socket, "data");
  return String(answer);
};

test("bytes pass both ways", async () => {
  expect(await echo(await connected(await echoProxy()), "duty")).toBe("duty");
});

test("a cut resets connections, new ones too, until it is restored", async () => {
  const proxy = await echoProxy();
  const old = await connected(proxy);
  await echo(old, "before");

  proxy.cut();
  await expect(once(old, "data")).rejects.toThrow("ECONNRESET");
  const during = connect(proxy.port, "127.0.0.1");
  await expect(once(during, "data")).rejects.toThrow("ECONNRESET");

  proxy.restore();
  expect(await echo(await connected(proxy), "after")).toBe("after");
});

test("while it is deaf the server hears what is sent, and its answer is lost", async () => {
  const heard: string[] = [];
  const server = createServer((socket) =>
    socket
      .on("error", () => undefined)
      .on("data", (chunk) => {
        heard.push(String(chunk));
        socket.write("noted");
      }),
  ).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const proxy = await faultProxy(`127.0.0.1:${typeof address === "object" ? address?.port : address}`);
  onTestFinished(async () => {
    await proxy.close();
    server.close();
  });
  const socket = await connected(proxy);
  expect(await echo(socket, "first")).toBe("noted");

  const lost = proxy.deafen();
  const answer = once(socket, "data");
  socket.write("second");
  await lost;
  expect(heard).toEqual(["first", "second"]);
  proxy.restore();
  await expect(answer).rejects.toThrow("ECONNRESET");
});

test("a delay holds each chunk back, in order also when it gets shorter", async () => {
  const proxy = await echoProxy();
  const socket = await connected(proxy);
  await echo(socket, "warm");

  proxy.delay(40);
  const start = performance.now();
  expect(await echo(socket, "slow")).toBe("slow");
  expect(performance.now() - start).toBeGreaterThan(75);

  socket.write("first ");
  proxy.restore();
  socket.end("second");
  const chunks = await socket.toArray();
  expect(Buffer.concat(chunks).toString()).toBe("first second");
});

test("frozen bytes do not arrive, and the connection is reset when restored", async () => {
  const proxy = await echoProxy();
  const socket = await connected(proxy);
  await echo(socket, "before");

  const lost = proxy.freeze();
  const outcome = echo(socket, "lost");
  await lost;
  proxy.restore();

  await expect(outcome).rejects.toThrow("ECONNRESET");
});

test("a large answer arrives whole", async () => {
  const socket = await connected(await echoProxy());
  const sent = Buffer.alloc(3_000_000, "headway ");
  const received = socket.toArray();
  socket.end(sent);

  expect(Buffer.concat(await received).equals(sent)).toBe(true);
});
