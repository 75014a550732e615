/** What the edge knows a command by. */
export type CommandKey = {
  /** Bound to the caller, to their Idempotency-Key and to what they ask for. */
  readonly key: string;
  /** What it answers is shown once, and kept nowhere. */
  readonly secretAnswer: boolean;
};

/** A command that came with a key, at the service that owns it. Each call has one of its own. */
export type KeyedCommand = CommandKey & {
  /** One request at the edge may ask for several. */
  readonly operation: string;
};

const name = "headway-command";
const secretMark = ";secret";

/** Sends the key along with a call. */
export const setKey = (header: Headers, { key, secretAnswer }: CommandKey): void =>
  header.set(name, secretAnswer ? key + secretMark : key);

/** The key that came along, or null. */
export const keyIn = (header: Headers): CommandKey | null => {
  const said = header.get(name);
  if (!said) return null;
  const secretAnswer = said.endsWith(secretMark);
  return { key: secretAnswer ? said.slice(0, -secretMark.length) : said, secretAnswer };
};
