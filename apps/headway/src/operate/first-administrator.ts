import { createConnectTransport } from "@connectrpc/connect-node";
import { readConfig } from "@headway/service/config";
import { processConfig } from "@headway/service/process-config";
import { CannotStart } from "../host/cannot-start.ts";
import { firstStart } from "../host/first-start.ts";
import { reachBy } from "../host/reach-services.ts";

/** Makes the first administrator, and an API key, in a Headway whose settings the environment holds; shows both once. */
export const makeFirstAdministrator = async (
  environment: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<void> => {
  const { HEADWAY_INWARD_SECRET, HEADWAY_SERVICES: addresses } = readConfig(
    { HEADWAY_INWARD_SECRET: processConfig.HEADWAY_INWARD_SECRET, HEADWAY_SERVICES: processConfig.HEADWAY_SERVICES },
    environment,
  );
  const reach = reachBy({ secrets: { HEADWAY_INWARD_SECRET } }, (service, interceptors) => {
    const baseUrl = addresses.get(service);
    if (baseUrl === undefined) throw new CannotStart(`HEADWAY_SERVICES does not say where ${service} is.`);
    return createConnectTransport({ baseUrl, httpVersion: "2", interceptors });
  });
  const first = await firstStart({ empty: true }, { keep: async () => {} }, reach);
  if (first === null) throw new CannotStart("There is an administrator already; its password is shown only once.");
  for (const { name, password } of first.accounts) say(`${name} ${password}`);
  say(`HEADWAY_KEY=${first.key}`);
};
