import { z } from "zod";

/** The start was refused for what the environment says; the message names every mistake. */
export class ConfigError extends Error {
  override name = "ConfigError";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads settings from the environment, once, with all their mistakes in one message. An empty variable is one that is not set. */
export const readConfig = <S extends z.ZodType>(schema: S, environment: Environment): z.infer<S> => {
  const result = schema.safeParse(settingsOf(environment));
  if (result.success) return result.data;
  throw refused(result.error.issues);
};

/** Refuses the start for all the mistakes that any of these would find. */
export const demandConfig = (schemas: readonly z.ZodType[], environment: Environment): void => {
  const issues = schemas.flatMap((schema) => schema.safeParse(settingsOf(environment)).error?.issues ?? []);
  if (issues.length > 0) throw refused(issues);
};

const settingsOf = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));

const refused = (issues: readonly z.core.$ZodIssue[]): ConfigError => {
  const mistakes = new Set(issues.map(({ path, message }) => `  ${path.join(".")}: ${message}`));
  return new ConfigError(`These settings are missing or wrong:\n${[...mistakes].join("\n")}`);
};

/** 0 means any free one. */
export const portNumber = z.coerce.number().int().min(0).max(65_535);
/** A secret of at least 32 characters. */
export const secret = z.string().min(32, "needs at least 32 characters; make one with: openssl rand -hex 32");
