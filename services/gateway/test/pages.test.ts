import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GatewayUnderTest, gatewayUnderTest } from "./gateway-under-test.ts";

type Document = { components: { parameters: Record<"IdempotencyKey", { example: string }> } };

let gateway: GatewayUnderTest;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "headway-console-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<title>Headway</title>");
  await writeFile(join(folder, "assets/app-1f0c.js"), "console.log(1)");
  gateway = await gatewayUnderTest({
    HEADWAY_CONSOLE: folder,
    HEADWAY_DEMO: join(folder, "demo.json"),
    HEADWAY_PUBLIC_URL: "https://headway.example",
  });
});
afterAll(async () => {
  await gateway.close();
  await rm(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = { accept: "text/html" }) =>
  fetch(`${gateway.url}${path}`, { headers });

test.each(["/", "/day/north/2026-11-21", "/roster?depot=north"])("%s opens the console", async (path) => {
  const response = await get(path);
  expect([response.status, await response.text(), response.headers.get("cache-control")]).toEqual([
    200,
    "<title>Headway</title>",
    "no-cache",
  ]);
});

test("its files are kept by the browser, its missing files are missing", async () => {
  const file = await get("/assets/app-1f0c.js");
  expect([file.status, file.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
  expect((await get("/assets/app-0000.js")).status).toBe(404);
  expect((await get("/day", { accept: "application/json" })).status).toBe(404);
  expect((await get("/../../../etc/passwd")).headers.get("content-type")).toContain("text/html");
});

test("the door itself is a page for whoever asks, a probe or a curl", async () => {
  for (const method of ["GET", "HEAD"])
    expect((await fetch(gateway.url, { method, headers: { accept: "*/*" } })).status).toBe(200);
});

test("the three documents can be read on a page that needs nobody else", async () => {
  const opened = await get("/docs");
  expect(opened.url).toBe(`${gateway.url}/docs/`);
  const page = await opened.text();
  expect(page).toContain("swagger-ui");
  expect(page.match(/(src|href)=["'](https?:)?\/\//g)).toBeNull();
  expect(page).toMatch(/<header class="headway">.*<a class="back" href="\/">Back to the console<\/a>/s);
  expect((await get("/docs/headway.css")).headers.get("content-type")).toContain("text/css");
  const script = await (await get("/docs/swagger-ui-init.js")).text();
  expect(script).toContain("/docs/integration.json");
  expect(script).toContain("`Headway-Key ");
  const { components } = (await (await get("/docs/dispatcher.json")).json()) as Document;
  expect(script).toContain(`"${components.parameters.IdempotencyKey.example}"`);
  for (const face of ["dispatcher", "mobile", "integration"])
    expect(await (await get(`/docs/${face}.json`)).json()).toMatchObject({
      openapi: "3.1.0",
      servers: [{ url: `/${face}/v1` }],
    });
});

test.each(["/", "/docs/", "/mobile/v1/me", "/livez"])("%s says how far it is to be trusted", async (path) => {
  const { headers } = await get(path);
  expect(headers.get("content-security-policy")).toMatch(
    /default-src 'self'; script-src 'self';.*frame-ancestors 'none'/,
  );
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("strict-transport-security")).toContain("max-age=");
  expect(headers.get("x-powered-by")).toBeNull();
});

test("over https the cookie is the browser's best-kept, and no other is taken", async () => {
  const opened = await fetch(`${gateway.url}/dispatcher/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-headway-csrf": "1" },
    body: JSON.stringify({ userName: "ada", password: "right" }),
  });
  expect(opened.headers.get("set-cookie")).toBe(
    "__Host-headway=dispatcher.all; Path=/; HttpOnly; SameSite=Strict; Secure",
  );
  const asked = (cookie: string) => get("/dispatcher/v1/session", { cookie });
  expect((await asked("__Host-headway=dispatcher.all")).status).toBe(200);
  expect((await asked("headway=dispatcher.all")).status).toBe(401);
});

test("a balancer is told that the gateway lives and is ready", async () => {
  expect([await (await get("/livez")).text(), await (await get("/readyz")).text()]).toEqual(["alive\n", "ready\n"]);
});

test("whoever waits for the demo is told how far it is, as soon as its host says so", async () => {
  expect((await get("/demo", { accept: "application/json" })).status).toBe(204);
  const said = { state: "loading", phase: "Making rosters", share: 0.5, note: "Kingsmere" };
  await writeFile(join(folder, "demo.json"), JSON.stringify(said));
  const told = await get("/demo", { accept: "application/json" });
  expect([await told.json(), told.headers.get("cache-control")]).toEqual([said, "no-store"]);
});
