import type { Interceptor, Transport } from "@connectrpc/connect";
import type { ServiceName } from "@headway/contracts/services";
import type { Caller } from "@headway/service/caller";
import { under } from "@headway/service/circumstances";
import { clientInterceptor } from "@headway/service/client-interceptor";
import { inwardTokens } from "@headway/service/tokens";

/** How the host calls one of its services: in the name of the installation, which may do what an administrator may. */
export type Reach = (service: ServiceName) => Transport;

export const reachBy = (
  { secrets }: { readonly secrets: { readonly HEADWAY_INWARD_SECRET: string } },
  transportTo: (service: ServiceName, interceptors: Interceptor[]) => Transport,
): Reach => {
  const tokens = inwardTokens(secrets.HEADWAY_INWARD_SECRET);
  return (service) => transportTo(service, [asInstaller, clientInterceptor({ tokens, self: "installation" })]);
};

const installer: Caller = { kind: "machine", account: "installation", grants: [{ role: "admin", depots: null }] };

const asInstaller: Interceptor = (next) => (request) =>
  under({ caller: installer, deadline: null }, () => next(request));
