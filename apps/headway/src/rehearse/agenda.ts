import type { Minute } from "./minute.ts";

/** What happens at which minute. Within a minute the order is by rank, then by name, never by when it was noted. */
export type Happening = { readonly rank: number; readonly name: string };

/** The minutes at which something happens, earliest first; more may be noted while it is lived through, also for the past. */
export class Agenda<H extends Happening> {
  readonly #byMinute = new Map<Minute, H[]>();
  #minutes: Minute[] = [];

  note(minute: Minute, happening: H): void {
    const noted = this.#byMinute.get(minute);
    if (noted) {
      noted.push(happening);
      return;
    }
    this.#byMinute.set(minute, [happening]);
    const place = this.#minutes.findLastIndex((other) => other < minute);
    this.#minutes.splice(place + 1, 0, minute);
  }

  /** Takes the earliest minute and all that is noted for it, or nothing when all is lived through. */
  take(): { readonly minute: Minute; readonly happenings: readonly H[] } | null {
    const minute = this.#minutes.shift();
    if (minute === undefined) return null;
    const happenings = this.#byMinute.get(minute) ?? [];
    this.#byMinute.delete(minute);
    return { minute, happenings: happenings.toSorted((a, b) => a.rank - b.rank || (a.name < b.name ? -1 : 1)) };
  }

  /** Minutes that are still to come. */
  get left(): number {
    return this.#minutes.length;
  }
}
