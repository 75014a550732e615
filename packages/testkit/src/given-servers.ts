import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
    redisUrl: string;
    brokers: string[];
  }
}

/** The addresses of the servers that vitest-servers.ts started for this run. Each throws if its server was left out. */
export type GivenServers = {
  /** Without a database: see template-database.ts. */
  readonly postgresUrl: string;
  readonly redisUrl: string;
  readonly brokers: string[];
};

/** The servers of this test run. */
export const givenServers = (): GivenServers => ({
  get postgresUrl() {
    return started("postgres", inject("postgresUrl"));
  },
  get redisUrl() {
    return started("redis", inject("redisUrl"));
  },
  get brokers() {
    return started("kafka", inject("brokers"));
  },
});

const started = <T>(name: string, address: T | undefined): T => {
  if (address === undefined) {
    throw new Error(
      `${name} was not started: name @headway/testkit/vitest-servers as globalSetup, and ${name} in HEADWAY_TEST_SERVERS if that is set`,
    );
  }
  return address;
};
