import { setTimeout as pause } from "node:timers/promises";
import { type Answer, connect, type Headway, pauseAskedBy } from "headway/rehearse/headway";

/** What came of a call, in the end. */
export type Outcome<Data> = {
  readonly status: number;
  readonly data: Data | null;
  /** Why it was refused; empty where it was not. */
  readonly slug: string;
  /** True where it was sent before, and nobody answered for it: the process, or one behind it, was gone. It may have been done then. */
  readonly again: boolean;
};

/** True for what the answer acknowledges, or what a repetition finds done: by its key, it is told nothing else. */
export const isDone = ({ status, slug, again }: Outcome<unknown>): boolean =>
  status < 300 || (again && slug === "idempotency-key.done");

type Ask<Data> = (headway: Headway) => Promise<Answer<Data>>;

/** The way to a Headway that is killed again and again. */
export type Line = {
  readonly open: (url: string, key: string) => void;
  readonly cut: () => void;
  /** Asks until there is an answer, over as many lives of the process as it takes. */
  readonly call: <Data>(ask: Ask<Data>) => Promise<Outcome<Data>>;
};

/** Milliseconds before a call is repeated where Headway asks for no other pause. */
const usualPause = 250;

export const newLine = (): Line => {
  let current: Headway | null = null;
  let opened = Promise.withResolvers<Headway>();

  const open = (url: string, key: string): void => {
    // What is repeated beneath this line, it would not know to be a repetition.
    current = connect(url, key, fetch);
    opened.resolve(current);
  };

  const cut = (): void => {
    current = null;
    opened = Promise.withResolvers<Headway>();
  };

  const call = async <Data>(ask: Ask<Data>): Promise<Outcome<Data>> => {
    for (let again = false; ; ) {
      const headway = current ?? (await opened.promise);
      let wait = usualPause;
      try {
        const { data, error, response } = await ask(headway);
        const { status } = response;
        const slug = slugOf(error);
        if (![429, 503].includes(status) && slug !== "idempotency-key.under-way")
          return { status, data: data ?? null, slug, again };
        // A service behind the door was gone: it may have done it before.
        again ||= status === 503;
        wait = pauseAskedBy(response) ?? usualPause;
      } catch (error) {
        // What fetch throws is a broken connection; anything else is a mistake of this campaign.
        if (!(error instanceof TypeError)) throw error;
        again = true;
      }
      await pause(wait);
    }
  };

  return { open, cut, call };
};

const slugOf = (error: unknown): string => {
  const slug: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "slug") : "";
  return typeof slug === "string" ? slug : "";
};
