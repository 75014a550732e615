import type { QueryClient } from "@tanstack/react-query";
import { Refusal } from "../api/refusal.ts";
import type { LiveMessage } from "../live/live-connection.ts";
import { setHeadwayClock } from "../time/headway-clock.ts";
import { boardKey } from "./board-query.ts";
import { fetchDayDuty } from "./day-duty-query.ts";
import { takeDuty } from "./take-duty.ts";

type Day = { readonly depots: readonly string[]; readonly serviceDate: string };

/** So many changes at once are cheaper as one board than one by one. */
const mostAtOnce = 12;
const gather = 60;
const rushTime = 10_000;
const mostInARush = 50;
const boardPause = 1_500;
/** What the screen shows beside the board, by the first part of its key. */
const besideBoard = ["absences", "orphaned-signings"];

/** Keeps the boards of a day true while messages come in: fetches what changed, from its owner. */
export class LiveDay {
  readonly #client: QueryClient;
  readonly #day: Day;
  readonly #changed = new Map<string, string>();
  #flush: number | null = null;
  #reload: number | null = null;
  #greeted = false;
  /** Messages may have gone by: what they would have told is asked for with the next boards. */
  #missed = false;
  #fetches: number[] = [];
  #ended = false;

  constructor(client: QueryClient, day: Day) {
    this.#client = client;
    this.#day = day;
  }

  end(): void {
    this.#ended = true;
    window.clearTimeout(this.#flush ?? undefined);
    window.clearTimeout(this.#reload ?? undefined);
  }

  receive(message: LiveMessage): void {
    const { type } = message;
    if (type === "hello" || type === "heartbeat") setHeadwayClock(message.at);
    if (type === "lagging" || type === "hello") this.#catchUp(message);
    else if (type !== "heartbeat" && this.#isOurs(message)) this.#hear(message);
  }

  #hear(message: LiveMessage): void {
    const { type, at, dutyId, driverId, absenceId } = message;
    if (type.startsWith("Signing")) void this.#askAgain(["orphaned-signings"]);
    if (absenceId !== undefined) void this.#askAgain(["absences"]);
    if (driverId !== undefined) void this.#askAgain(["signings", driverId]);
    if (dutyId === undefined) {
      this.#reloadSoon(0);
      return;
    }
    this.#changed.set(dutyId, at);
    this.#flush ??= window.setTimeout(() => void this.#fetchChanged(), gather);
  }

  /** Also where the first answer is still under way, and may be of before the change. */
  async #askAgain(queryKey: readonly string[]): Promise<void> {
    await this.#client.cancelQueries({ queryKey });
    await this.#client.invalidateQueries({ queryKey });
  }

  /** The first board was asked for when the connection was: it is looked at again, but not at once. */
  #catchUp({ type, resumed }: LiveMessage): void {
    const first = !this.#greeted;
    this.#greeted = true;
    if (type === "hello" && resumed === true) return;
    this.#missed = true;
    this.#reloadSoon(first ? boardPause : 0);
  }

  #isOurs({ depotId, serviceDate }: LiveMessage): boolean {
    const ourDepot = depotId === undefined || this.#day.depots.includes(depotId);
    return ourDepot && (serviceDate === undefined || serviceDate === this.#day.serviceDate);
  }

  async #fetchChanged(): Promise<void> {
    this.#flush = null;
    const changed = [...this.#changed];
    this.#changed.clear();
    if (changed.length > mostAtOnce || !this.#mayFetch(changed.length)) return this.#reloadSoon(0);
    await Promise.all(changed.map(([duty, at]) => this.#fetchDuty(duty, at)));
  }

  /** A rush of changes must not use up what calls a person may make. */
  #mayFetch(count: number): boolean {
    const since = Date.now() - rushTime;
    this.#fetches = this.#fetches.filter((at) => at > since);
    if (this.#fetches.length + count > mostInARush) return false;
    this.#fetches.push(...new Array<number>(count).fill(Date.now()));
    return true;
  }

  async #fetchDuty(dutyId: string, at: string): Promise<void> {
    try {
      const fresh = await fetchDayDuty(dutyId);
      if (this.#ended) return;
      if (!takeDuty(this.#client, fresh, at)) this.#reloadSoon(boardPause);
    } catch (error) {
      // Not activated yet, or gone: only the board knows. Any other failure mends itself with the next fetch.
      if (!(error instanceof Refusal && error.status === 403)) this.#reloadSoon(boardPause);
    }
  }

  /** The read model hears of an event when we do: after a moment it has it too. */
  #reloadSoon(pause: number): void {
    if (this.#ended) return;
    if (pause === 0 && this.#reload === null) void this.#reloadBoards();
    this.#reload ??= window.setTimeout(() => {
      this.#reload = null;
      void this.#reloadBoards();
    }, boardPause);
  }

  async #reloadBoards(): Promise<void> {
    const { depots, serviceDate } = this.#day;
    if (this.#missed) for (const subject of besideBoard) void this.#askAgain([subject]);
    this.#missed = false;
    await Promise.all(
      depots.map((depot) => this.#client.invalidateQueries({ queryKey: boardKey(depot, serviceDate) })),
    );
  }
}
