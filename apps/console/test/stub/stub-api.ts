import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { type WebSocket, WebSocketServer } from "ws";
import { type Answer, ok, problem } from "./answer.ts";
import type { SampleDay } from "./sample-day.ts";
import { StubDay } from "./stub-day.ts";

type Schemas = components["schemas"];

const password = "correct horse battery";
const base = "/dispatcher/v1";
const beatEvery = 10_000;
const types: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** As much of the dispatcher face as the console calls, with a day that tests can change, and the built console at `/`. */
export class StubApi {
  day: SampleDay;
  now: () => number;
  readonly duties = new StubDay(
    () => this.day,
    (...changed) => this.change(...changed),
  );
  /** What the gateway serves beside its faces, by path. */
  readonly beside = new Map<string, unknown>();
  feeds: Schemas["Feed"][] = [];
  rosters: Schemas["Roster"][] = [];
  /** How often a board was fetched. */
  boardsAsked = 0;
  roles: Schemas["Role"][] = ["dispatcher"];
  /** Answers that stand in for the real ones, by `METHOD /path`. */
  readonly instead = new Map<string, Answer>();
  readonly #dist: string;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #sessions = new Set<string>();
  #events = 0;

  constructor(dist: string, day: SampleDay, now: () => number) {
    this.#dist = dist;
    this.day = day;
    this.now = now;
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.on("upgrade", (request, socket, head) => {
      const denied = !this.#isLoggedIn(request) || this.instead.has("GET /live");
      if (denied) return socket.destroy();
      this.#sockets.handleUpgrade(request, socket, head, (live) => this.#greet(live));
    });
  }

  /** Listens and answers the address. */
  async open(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.dropLive();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  dropLive(): void {
    for (const live of this.#sockets.clients) live.terminate();
  }

  /** Everything but the sessions as at the start, with another day. */
  reset(day: SampleDay): void {
    this.day = day;
    this.instead.clear();
    this.beside.clear();
    this.duties.orphaned = [];
    this.duties.nextWork.clear();
    this.feeds = [];
    this.rosters = [];
    this.roles = ["dispatcher"];
    this.boardsAsked = 0;
  }

  endSessions(): void {
    this.#sessions.clear();
  }

  /** Lets a signing arrive that fits no duty. */
  orphan(signing: Schemas["OrphanedSigning"]): void {
    this.duties.orphaned = [...this.duties.orphaned, signing];
    const [depot] = this.day.depots;
    const serviceDate = this.day.boards.get(depot?.id ?? "")?.serviceDate;
    this.#tell({ type: "SigningOrphaned", depotId: depot?.id, serviceDate, driverId: signing.driverId });
  }

  /** Changes a duty as its owner would, and says so to everybody who listens. */
  change(dutyId: string, type: string, change: Partial<Schemas["BoardDuty"]>): void {
    for (const [depotId, board] of this.day.boards) {
      const duty = board.duties.find((held) => held.dutyId === dutyId);
      if (duty === undefined) continue;
      Object.assign(duty, change);
      this.#tell({ type, depotId, serviceDate: board.serviceDate, dutyId });
    }
  }

  #greet(live: WebSocket): void {
    live.send(JSON.stringify({ type: "hello", id: null, at: this.#at(), resumed: false }));
    const beat = () => live.send(JSON.stringify({ type: "heartbeat", id: null, at: this.#at() }));
    const beating = setInterval(beat, beatEvery);
    live.on("close", () => clearInterval(beating));
  }

  #tell(message: Record<string, unknown>): void {
    this.#events += 1;
    const text = JSON.stringify({ id: `${this.#events}-0`, at: this.#at(), ...message });
    for (const live of this.#sockets.clients) live.send(text);
  }

  #at = (): string => new Date(this.now()).toISOString();

  #isLoggedIn(request: IncomingMessage): boolean {
    const session = /(?:^|;\s*)headway=([^;]+)/.exec(request.headers.cookie ?? "")?.[1];
    return session !== undefined && this.#sessions.has(session);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://stub");
    const isBeside = pathname === "/demo" || pathname.startsWith("/docs");
    if (!isBeside && !pathname.startsWith(base)) return await this.#file(pathname, response);
    const text = await readBody(request);
    const { status, body, headers } = isBeside
      ? this.#beside(pathname)
      : this.#answer(request, pathname.slice(base.length), text);
    const type = status >= 400 ? "application/problem+json" : "application/json";
    response
      .writeHead(status, { "content-type": type, ...headers })
      .end(body === undefined ? "" : JSON.stringify(body));
  }

  #beside(path: string): Answer {
    if (this.beside.has(path)) return ok(this.beside.get(path));
    return path === "/demo" ? { status: 204 } : problem(404, "path.unknown");
  }

  #answer(request: IncomingMessage, path: string, text: string): Answer {
    const instead = this.instead.get(`${request.method} ${path}`) ?? this.instead.get(`${request.method} *`);
    if (instead !== undefined) return instead;
    if (request.method !== "GET" && request.headers["x-headway-csrf"] !== "1") return problem(403, "csrf.missing");
    if (request.method === "POST" && path === "/session") return this.#logIn(JSON.parse(text) as Schemas["LogIn"]);
    if (!this.#isLoggedIn(request)) return problem(401, "session.unknown");
    if (request.method === "DELETE" && path === "/session") return { status: 204 };
    if (path === "/session") return ok(this.#me());
    if (path === "/depots") return ok({ items: this.day.depots });
    if (path === "/feeds") return ok({ items: this.feeds, next: null });
    if (path === "/rosters") return ok({ items: this.rosters, next: null });
    if (path === "/absences") return ok({ items: this.#absences(), next: null });
    const body = text === "" ? {} : (JSON.parse(text) as Record<string, string>);
    const asked = { method: request.method ?? "GET", path, body, headers: request.headers };
    return this.#board(path) ?? this.duties.answer(asked) ?? problem(404, "path.unknown");
  }

  #board(path: string): Answer | null {
    const [, depotId = "", date, what] = /^\/depots\/([^/]+)\/days\/([^/]+)\/(board|activate)$/.exec(path) ?? [];
    if (what === undefined) return null;
    const board = this.day.boards.get(depotId);
    if (board === undefined) return problem(404, "depot.unknown");
    if (what === "board") this.boardsAsked += 1;
    if (what === "activate") {
      board.activated = true;
      return ok({ depotId, serviceDate: date, duties: board.duties.length, open: 0 });
    }
    const empty = board.serviceDate !== date;
    return ok({ ...board, now: this.#at(), ...(empty ? { serviceDate: date, activated: false, duties: [] } : {}) });
  }

  #logIn({ userName, password: tried }: Schemas["LogIn"]): Answer {
    if (tried !== password) return problem(401, "credentials.wrong");
    const session = `${userName}-${this.#sessions.size + 1}`;
    this.#sessions.add(session);
    return {
      status: 200,
      body: this.#me(),
      headers: { "set-cookie": `headway=${session}; Path=/; HttpOnly; SameSite=Strict` },
    };
  }

  #me(): Schemas["Me"] {
    const grants = this.roles.map((role) => ({ role, depotIds: [] }));
    return {
      user: {
        id: "019348e2-0000-7000-8000-000900000001",
        userName: "nora.lind",
        employeeId: null,
        disabled: false,
        grants,
        version: 1,
      },
      sessionId: "019348e2-0000-7000-8000-000900000002",
      endsAt: new Date(this.now() + 8 * 3_600_000).toISOString(),
      name: "Nora Lind",
      depots: [...this.day.depots],
      employee: null,
    };
  }

  #absences(): Schemas["Absence"][] {
    const [board] = this.day.boards.values();
    const duty = board?.duties.find(({ state }) => state === "covered");
    if (board === undefined || duty === undefined || duty.driverId === null) return [];
    return [
      {
        id: "019348e2-0000-7000-8000-000800000001",
        employeeId: duty.driverId,
        employeeNumber: duty.driverNumber,
        employeeName: duty.driverName,
        kind: "sick",
        state: "requested",
        firstDay: board.serviceDate,
        lastDay: board.serviceDate,
        part: "full",
        starts: duty.starts,
        ends: duty.ends,
        version: 1,
      },
    ];
  }

  async #file(path: string, response: ServerResponse): Promise<void> {
    const wanted = extname(path) === "" ? "/index.html" : normalize(path);
    const content = await readFile(join(this.#dist, wanted)).catch(() => null);
    if (content === null) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[extname(wanted)] ?? "application/octet-stream" }).end(content);
  }
}

const readBody = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};
