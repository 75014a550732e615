import type { DescService } from "@bufbuild/protobuf";
import type { Interceptor, Transport } from "@connectrpc/connect";
import { refusingClient } from "./client.ts";
import { type ClientNeeds, clientInterceptor } from "./client-interceptor.ts";
import type { Ground } from "./service.ts";

export type OtherServicesNeeds = Pick<ClientNeeds, "tokens" | "self"> & {
  /** How the service reaches another one, by name. */
  readonly transportTo: (service: string, interceptors: Interceptor[]) => Transport;
};

/** Clients of the other services. Each service has one transport, made at the first call, and so one circuit breaker. */
export const otherServices = ({ tokens, self, transportTo }: OtherServicesNeeds): Ground["call"] => {
  const transports = new Map<string, Transport>();
  const to = (name: string): Transport => {
    const transport = transports.get(name) ?? transportTo(name, [clientInterceptor({ tokens, self })]);
    transports.set(name, transport);
    return transport;
  };
  return (desc, at) =>
    refusingClient(
      desc,
      whenCalled(() => to(at ?? serviceNameOf(desc))),
    );
};

/** `hr` for headway.hr.v1.DepotService. */
const serviceNameOf = (desc: DescService): string => desc.typeName.split(".")[1] ?? "";

// Services that stand in one process are built one after the other: where another one is, is asked at the first call.
const whenCalled = (transport: () => Transport): Transport => ({
  unary: (...call) => transport().unary(...call),
  stream: (...call) => transport().stream(...call),
});
