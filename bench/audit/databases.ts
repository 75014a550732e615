import { serviceNames } from "@headway/contracts/services";
import { databaseUrl } from "@headway/testkit/databases";
import pg from "pg";

/** The services that keep a database, each in `headway_<name>`. */
export const services = serviceNames.filter((name) => name !== "gateway");
export type ServiceName = (typeof services)[number];

/** All databases of a Headway, to read only. */
export type Databases = {
  /** Dates and instants are texts as PostgreSQL writes them in UTC; bigint is a number. */
  readonly rows: <R extends object>(service: ServiceName, sql: string, values?: readonly unknown[]) => Promise<R[]>;
  readonly close: () => Promise<void>;
};

const asNumber: readonly number[] = [pg.types.builtins.INT8, pg.types.builtins.INT4, pg.types.builtins.INT2];
const asText: readonly number[] = [pg.types.builtins.DATE, pg.types.builtins.TIMESTAMPTZ];

// Its own readers: the process may have set others for all connections.
const types: pg.CustomTypesConfig = {
  getTypeParser: (type: number, format?: unknown) => {
    if (asNumber.includes(type)) return Number;
    if (asText.includes(type)) return String;
    return pg.types.getTypeParser(type, format === "binary" ? "binary" : "text");
  },
};

/**
 * `url` is a server's, without a database; the databases are named `<prefix><service>`. At most two connections to each,
 * and no write through any of them.
 */
export const openDatabases = (url: string, prefix = "headway_"): Databases => {
  const pools = new Map(services.map((service) => [service, poolOf(databaseUrl(url, `${prefix}${service}`))]));
  return {
    async rows<R extends object>(service: ServiceName, sql: string, values: readonly unknown[] = []) {
      const { rows } = (await pools.get(service)?.query<R>(sql, [...values])) ?? { rows: [] };
      return rows;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
};

const poolOf = (connectionString: string): pg.Pool => {
  const pool = new pg.Pool({
    connectionString,
    application_name: "headway-audit",
    max: 2,
    options: "-c timezone=UTC -c default_transaction_read_only=on",
    types,
  });
  // An idle connection that breaks: the next query says so.
  pool.on("error", () => {});
  return pool;
};
