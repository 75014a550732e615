import { migrate } from "@headway/postgres/migrate";
import { migrationsOf } from "./host-service.ts";
import type { Service } from "./service.ts";

/** Brings a service's database to its newest form, as the service does itself at its start; one runner at a time. */
export const migrateService = (service: Service, databaseUrl: string): Promise<void> =>
  migrate(databaseUrl, migrationsOf(service));
