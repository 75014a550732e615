import type { Person } from "@headway/service/caller";
import { concerns, type Interest } from "./concern.ts";
import type { View } from "./views.ts";

/** One connection that listens. */
export type Listener = {
  readonly person: Person;
  readonly interest: Interest;
  readonly send: (text: string) => void;
  readonly end: (reason: "session-ended" | "stopping") => void;
};

export type Change = { readonly type: string; readonly at: string; readonly view: View };

type Kept = Change & { readonly count: number };

const mostKept = 5_000;

/**
 * Tells each change to those whom it may concern. Keeps the newest changes, so that a connection which broke may go on
 * where it was; the message ids are this process's own.
 */
export class Hub {
  readonly #epoch = Date.now().toString(36);
  readonly #listeners = new Set<Listener>();
  readonly #kept: Kept[] = [];
  #count = 0;

  get size(): number {
    return this.#listeners.size;
  }

  tell(change: Change): void {
    this.#count += 1;
    const kept = { ...change, count: this.#count };
    this.#kept.push(kept);
    if (this.#kept.length > mostKept * 2) this.#kept.splice(0, mostKept);
    for (const listener of this.#listeners) this.#offer(listener, kept);
  }

  /** Lets somebody listen. With the id of a last message, what came since is sent first, if it is still known. */
  join(listener: Listener, after: string | null, at: string): void {
    const missed = after === null ? null : this.#since(after);
    listener.send(JSON.stringify({ type: "hello", id: this.#idOf(this.#count), at, resumed: missed !== null }));
    for (const kept of missed ?? []) this.#offer(listener, kept);
    this.#listeners.add(listener);
  }

  leave(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  beat(at: string): void {
    const text = JSON.stringify({ type: "heartbeat", id: null, at });
    for (const { send } of this.#listeners) send(text);
  }

  /** Ends the connections of people about whom something has changed: they come back as who they are now. */
  endWhere(isMeant: (person: Person) => boolean): void {
    for (const listener of this.#listeners) if (isMeant(listener.person)) listener.end("session-ended");
  }

  endAll(): void {
    for (const listener of this.#listeners) listener.end("stopping");
  }

  #offer({ person, interest, send }: Listener, { type, at, view, count }: Kept): void {
    if (concerns(person, interest, view)) send(JSON.stringify({ type, id: this.#idOf(count), at, ...view.ids }));
  }

  /** Null where the id is of another process, or what came after it is gone. */
  #since(after: string): Kept[] | null {
    const [epoch, text] = after.split("-");
    const count = Number(text);
    const oldest = this.#kept[0]?.count ?? this.#count + 1;
    if (epoch !== this.#epoch || !Number.isInteger(count) || count > this.#count || count + 1 < oldest) return null;
    return this.#kept.slice(count + 1 - oldest);
  }

  #idOf(count: number): string {
    return `${this.#epoch}-${count}`;
  }
}
