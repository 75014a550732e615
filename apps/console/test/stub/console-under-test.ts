import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { ensureTool } from "@headway/testkit/missing";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { sampleDay } from "./sample-day.ts";
import { StubApi } from "./stub-api.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** 21 November 2026, 14:20 in Paris, and going on from there. */
const noon = {
  date: "2026-11-21",
  zone: "Europe/Paris",
  midnight: Date.parse("2026-11-20T23:00:00Z"),
  now: Date.parse("2026-11-21T13:20:00Z"),
};
export const place = `/day?depot=*&day=${noon.date}`;
export const password = "correct horse battery";

/** Milliseconds: nothing here takes so long, but a machine may be busy. */
export const patience = 60_000;

type BoardDuty = components["schemas"]["BoardDuty"];
type Seen = { readonly page: Page; readonly mistakes: readonly string[] };

/** As it is shipped: in a test Vite would take React's slow half, made for developers. */
const buildConsole = async (outDir: string): Promise<void> => {
  const { NODE_ENV } = process.env;
  process.env.NODE_ENV = "production";
  await build({ root, logLevel: "warn", build: { outDir, emptyOutDir: true } });
  process.env.NODE_ENV = NODE_ENV;
};

/** The built console on a stubbed API, and a browser to look at it. */
export const consoleUnderTest = async (duties: number) => {
  const dist = await mkdtemp(join(tmpdir(), "headway-console-"));
  await buildConsole(dist);
  const started = Date.now();
  const makeDay = (count = duties) => sampleDay({ ...noon, duties: count });
  const api = new StubApi(dist, makeDay(), () => noon.now + Date.now() - started);
  const url = await api.open();
  const browser = await chromium.launch({
    executablePath: await ensureTool("chromium"),
    args: ["--no-sandbox", "--disable-background-networking"],
  });

  /** A window of its own, logged in unless said otherwise. */
  const look = async (path: string, options: BrowserContextOptions = {}, loggedIn = true): Promise<Seen> => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const mistakes: string[] = [];
    page.on("pageerror", (error) => mistakes.push(String(error)));
    const headers = { "X-Headway-CSRF": "1" };
    if (loggedIn)
      await context.request.post(`${url}/dispatcher/v1/session`, {
        headers,
        data: { userName: "nora.lind", password },
      });
    await page.goto(`${url}${path}`);
    return { page, mistakes };
  };

  return {
    api,
    look,
    /** A day with another number of duties. */
    makeDay,
    /** Everything as it was at the start, all windows closed. */
    reset: async (): Promise<void> => {
      await Promise.all(browser.contexts().map((context) => context.close()));
      api.reset(makeDay());
    },
    close: async (): Promise<void> => {
      await browser.close();
      await api.close();
      await rm(dist, { recursive: true, force: true });
    },
  };
};

export type ConsoleUnderTest = Awaited<ReturnType<typeof consoleUnderTest>>;

/** The first duty of the sample day in a state. */
export const dutyIn = ({ api }: ConsoleUnderTest, state: BoardDuty["state"]): BoardDuty => {
  const duty = [...api.day.boards.values()].flatMap(({ duties }) => duties).find((one) => one.state === state);
  if (duty === undefined) throw new Error(`The sample day has no duty that is ${state}.`);
  return duty;
};
