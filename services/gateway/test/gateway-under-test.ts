import { type ServiceUnderTest, serviceUnderTest } from "@headway/service/service-under-test";
import { type GatewayOverrides, gateway } from "../src/container.ts";
import type { Face } from "../src/inbound/documents.ts";
import { Inside } from "./inside.ts";

export type GatewayUnderTest = {
  readonly url: string;
  readonly inside: Inside;
  readonly service: ServiceUnderTest;
  readonly close: () => Promise<void>;
};

/** A gateway that listens, with an inside that answers everything. */
export const gatewayUnderTest = async (
  environment: Readonly<Record<string, string>> = {},
  overrides: Pick<GatewayOverrides, "answers"> = {},
): Promise<GatewayUnderTest> => {
  const inside = new Inside();
  let port = 0;
  const service = await serviceUnderTest(gateway, {
    others: inside.routes,
    environment: {
      HEADWAY_PORT: "0",
      HEADWAY_INWARD_SECRET: "a secret that only tests know, long enough",
      HEADWAY_LIMIT_PERSON: "100000/1",
      HEADWAY_LIMIT_STRANGER: "100000/1",
      ...environment,
    },
    overrides: {
      ...overrides,
      onListening(taken: number) {
        port = taken;
      },
    },
  });
  inside.tokens = service.hosted.ground.tokens;
  return {
    url: `http://127.0.0.1:${port}`,
    inside,
    service,
    async close() {
      await service.hosted.closeWeb();
      await service.close();
    },
  };
};

/** The headers with which somebody calls a face. */
export const as = (face: Face, credential: string): Record<string, string> => {
  switch (face) {
    case "dispatcher":
      return { cookie: `headway=${credential}`, "x-headway-csrf": "1" };
    case "mobile":
      return { authorization: `Bearer ${credential}` };
    case "integration":
      return { authorization: `Headway-Key ${credential}` };
  }
};
