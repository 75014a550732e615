import type { components } from "@headway/contracts/gen/openapi/dispatcher";

export type LiveMessage = components["schemas"]["LiveMessage"];

/** Whether what is seen is live, and if not since when (epoch milliseconds of this machine). */
export type LiveState =
  | { readonly kind: "connecting"; readonly since: number }
  | { readonly kind: "live"; readonly since: number }
  | { readonly kind: "down"; readonly since: number };

type Listeners = {
  readonly onMessage: (message: LiveMessage) => void;
  readonly onState: (state: LiveState) => void;
};

const pauses = [300, 1_000, 2_000, 4_000, 8_000, 15_000];
/** Headway says something every 15 s; a connection silent for longer than two of those is dead. */
const silence = 35_000;

/** A WebSocket that comes back by itself and asks for what it missed. Begins at once; ends with `close`. */
export class LiveConnection {
  readonly #path: string;
  readonly #listeners: Listeners;
  #socket: WebSocket | null = null;
  #state: LiveState = { kind: "connecting", since: Date.now() };
  #last: string | null = null;
  #failures = 0;
  #retry: number | null = null;
  #watchdog: number | null = null;
  #closed = false;

  constructor(path: string, listeners: Listeners) {
    this.#path = path;
    this.#listeners = listeners;
    window.addEventListener("online", this.#retryNow);
    this.#connect();
  }

  close(): void {
    this.#closed = true;
    window.removeEventListener("online", this.#retryNow);
    this.#forget();
  }

  #connect(): void {
    const url = new URL(this.#path, window.location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    if (this.#last !== null) url.searchParams.set("after", this.#last);
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#receive(String(data));
    socket.onclose = () => this.#lose();
    this.#watch();
  }

  #receive(text: string): void {
    this.#watch();
    const message = JSON.parse(text) as LiveMessage;
    if (message.id !== null) this.#last = message.id;
    if (message.type === "hello") {
      this.#failures = 0;
      this.#become("live");
    }
    this.#listeners.onMessage(message);
  }

  #lose(): void {
    this.#forget();
    if (this.#closed) return;
    this.#become("down");
    const pause = pauses[Math.min(this.#failures, pauses.length - 1)] ?? 15_000;
    this.#failures += 1;
    // Spread out, or all screens of a control room come back in the same instant.
    this.#retry = window.setTimeout(this.#retryNow, pause * (0.75 + Math.random() / 2));
  }

  #retryNow = (): void => {
    if (this.#closed || this.#state.kind === "live") return;
    this.#forget();
    this.#connect();
  };

  #watch(): void {
    window.clearTimeout(this.#watchdog ?? undefined);
    this.#watchdog = window.setTimeout(() => this.#lose(), silence);
  }

  #become(kind: LiveState["kind"]): void {
    if (this.#state.kind === kind) return;
    this.#state = { kind, since: Date.now() };
    this.#listeners.onState(this.#state);
  }

  #forget(): void {
    window.clearTimeout(this.#retry ?? undefined);
    window.clearTimeout(this.#watchdog ?? undefined);
    if (this.#socket === null) return;
    this.#socket.onclose = null;
    this.#socket.onmessage = null;
    this.#socket.close();
    this.#socket = null;
  }
}
