import type { Kept, KeptAnswer } from "../model/idempotency.ts";

type Slot = { readonly kept: Kept; readonly until: number };

const mostKept = 20_000;

/** Answers by Idempotency-Key, kept within this process. */
export const memoryAnswers = (now: () => number = Date.now) => {
  const slots = new Map<string, Slot>();
  const find = (key: string): Kept | null => {
    const slot = slots.get(key);
    return slot && slot.until > now() ? slot.kept : null;
  };
  const put = (key: string, kept: Kept, seconds: number): void => {
    slots.delete(key);
    slots.set(key, { kept, until: now() + seconds * 1000 });
    if (slots.size > mostKept) for (const [oldest] of slots) return void slots.delete(oldest);
  };
  const isOwn = (key: string, owner: string): boolean => {
    const kept = find(key);
    return kept?.state === "under-way" && kept.owner === owner;
  };
  return {
    /** Looks, and takes the key for `owner` where nobody has. */
    async claim(key: string, owner: string, seconds: number): Promise<Kept | null> {
      const kept = find(key);
      if (kept === null) put(key, { state: "under-way", owner }, seconds);
      return kept;
    },
    async keep(key: string, owner: string, fingerprint: string, answer: KeptAnswer, seconds: number): Promise<void> {
      if (isOwn(key, owner)) put(key, { state: "done", fingerprint, answer }, seconds);
    },
    async release(key: string, owner: string): Promise<void> {
      if (isOwn(key, owner)) slots.delete(key);
    },
  };
};
