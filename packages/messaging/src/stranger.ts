import type { BusMessage } from "./bus.ts";
import { idOf } from "./consumer.ts";

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Characters. An index of PostgreSQL takes an entry of 2.7 kB; an aggregate's id has a tenth of this. */
const longestKey = 500;

/**
 * Why a message is none of ours; null for one that may be. What this names can be neither handled once nor parked, since the
 * inbox' tables refuse it, and must not stop the others.
 */
export const strangeness = (message: BusMessage): string | null => {
  const { key, headers } = message;
  if (!idPattern.test(idOf(message))) return "no id";
  if (key.length > longestKey) return `a key of ${key.length} characters`;
  if (!isText(key)) return "its key is no text";
  const wrong = Object.entries(headers).find(([name, said]) => !isText(name) || !isText(said));
  return wrong ? `its header ${JSON.stringify(wrong[0])} is no text` : null;
};

// PostgreSQL knows neither U+0000, in text as in jsonb, nor half of a surrogate pair.
const isText = (said: string): boolean => !said.includes("\0") && said.isWellFormed();
