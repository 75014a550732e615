import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const script = fileURLToPath(new URL("process-that-starts-redis.ts", import.meta.url));

/** Starts Redis for tests where that is the Docker engine, and nothing else is told. */
const redisWith = async (dockerHost: string): Promise<{ readonly address: string; readonly said: string }> => {
  const folder = await temporaryFolder();
  const env = { HOME: folder, PATH: process.env.PATH, DOCKER_HOST: dockerHost };
  const child = spawn(process.execPath, [script, folder], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill());
  const [address, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { address: address.trim(), said };
};

/** An engine that knows no image, and whose registry answers pulls as given. */
const engineWithoutImages = async (pull: RequestListener): Promise<string> => {
  const engine = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url?.endsWith("/info")) return answer(200, { OperatingSystem: "none", OSType: "linux" });
    if (request.url?.includes("/images/create")) return pull(request, response);
    return answer(404, { message: "no such image" });
  });
  engine.listen(0, "127.0.0.1");
  await once(engine, "listening");
  onTestFinished(() => void engine.close());
  return `tcp://127.0.0.1:${(engine.address() as AddressInfo).port}`;
};

const native = /^redis:\/\/:[0-9a-f]+@127\.0\.0\.1:\d+$/;

test("an engine that cannot reach its registry is passed over, in one line with the reason", async () => {
  const engine = await engineWithoutImages((_, response) =>
    response.writeHead(500, { "content-type": "application/json" }).end('{"message":"no such host"}'),
  );

  const { address, said } = await redisWith(engine);

  expect(address).toMatch(native);
  expect(said).toMatch(/^Docker cannot get redis:8 \([^\n]*no such host[^\n]*\): Redis runs without a container$/m);
});

test("so is one whose download breaks off", async () => {
  const engine = await engineWithoutImages((_, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end('{"error":"unexpected EOF"}\n'),
  );

  const { address, said } = await redisWith(engine);

  expect(address).toMatch(native);
  expect(said).toContain("Docker cannot get redis:8 (the download broke off): Redis runs without a container\n");
});
