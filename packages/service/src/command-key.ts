/** What the edge knows a command by. */
export type CommandKey = {
  /** Bound to the caller and to their Idempotency-Key. */
  readonly key: string;
  /** What tells the request from another one under the same key. */
  readonly request: string;
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
export const setKey = (header: Headers, { key, request, secretAnswer }: CommandKey): void =>
  header.set(name, `${key} ${request}${secretAnswer ? secretMark : ""}`);

/** The key that came along, or null. */
export const keyIn = (header: Headers): CommandKey | null => {
  const said = header.get(name);
  if (!said) return null;
  const secretAnswer = said.endsWith(secretMark);
  const [key = "", request = ""] = (secretAnswer ? said.slice(0, -secretMark.length) : said).split(" ");
  return { key, request, secretAnswer };
};
