import { readConfig } from "@headway/service/config";
import { migrateService } from "@headway/service/migrate-service";
import { processConfig } from "@headway/service/process-config";
import { ensureDatabase } from "@headway/testkit/databases";
import { services } from "../host/services.ts";

/** Makes each service's database, on the server that HEADWAY_DATABASE_URL names, and brings it to its newest form. */
export const migrateDatabases = async (environment: NodeJS.ProcessEnv, say: (line: string) => void): Promise<void> => {
  const { HEADWAY_DATABASE_URL: server } = readConfig(
    { HEADWAY_DATABASE_URL: processConfig.HEADWAY_DATABASE_URL },
    environment,
  );
  for (const service of services) {
    await migrateService(service, await ensureDatabase(server, `headway_${service.name}`));
    say(`headway_${service.name} is ready`);
  }
};
