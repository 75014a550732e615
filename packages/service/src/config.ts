/** The start was refused for what the environment says; the message names every mistake. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the text of a variable; undefined where it is not set. Throws an Error that says what is wrong with it. */
export type Setting<T> = (text: string | undefined) => T;
/** What is read from the environment, by the names of its variables. */
export type Settings<T> = { readonly [Name in keyof T]: Setting<T[Name]> };
/** What such settings are read as. */
export type ReadFrom<S> = { readonly [Name in keyof S]: S[Name] extends Setting<infer T> ? T : never };

/** Reads settings from the environment, once, with all their mistakes in one message. An empty variable is one that is not set. */
export const readConfig = <T extends object>(settings: Settings<T>, environment: Environment): T => {
  const { values, mistakes } = readAll(settings, environment);
  if (mistakes.length > 0) throw refused(mistakes);
  return values as T;
};

/** Refuses the start, before any part of it reads its own, for all the mistakes that the parts would find. */
export const demandConfig = (all: readonly Settings<object>[], environment: Environment): void => {
  const mistakes = all.flatMap((settings) => readAll(settings, environment).mistakes);
  if (mistakes.length > 0) throw refused(mistakes);
};

const readAll = (settings: Settings<object>, environment: Environment) => {
  const values: Record<string, unknown> = {};
  const mistakes: string[] = [];
  for (const [name, read] of Object.entries(settings as Readonly<Record<string, Setting<unknown>>>))
    try {
      values[name] = read(environment[name] || undefined);
    } catch (error) {
      mistakes.push(`  ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  return { values, mistakes };
};

const refused = (mistakes: readonly string[]): ConfigError =>
  new ConfigError(`These settings are missing or wrong:\n${[...new Set(mistakes)].join("\n")}`);
