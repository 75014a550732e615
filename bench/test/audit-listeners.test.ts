import { readConfig } from "@headway/service/config";
import type { Ground, Service } from "@headway/service/service";
import { services } from "headway/host/services";
import { expect, it } from "vitest";
import { listeners } from "../audit/inbox/consumers.ts";

/** Whatever is asked of it, it is there: to see what a service is made of, nothing needs to stand. */
const anything: object = new Proxy(() => anything, {
  get: (_, name) => (name === Symbol.toPrimitive ? () => "1" : anything),
  has: () => true,
});

const pepper = { HEADWAY_PEPPER: "pepper-of-a-test-that-hashes-nothing" };

const consumersOf = ({ build, config }: Service) => build(anything as Ground, readConfig(config, pepper)).consumers;

it("the audit knows who hears what, as the services themselves say it", () => {
  const said = services
    .filter(({ name }) => name !== "gateway")
    .flatMap(consumersOf)
    .map(({ name, topic, types }) => ({ name, topic, types: [...types].sort() }));
  const written = listeners.map(({ name, source, types }) => ({
    name,
    topic: `headway.${source}.v1`,
    types: [...types].sort(),
  }));
  const byName = (a: { readonly name: string }, b: { readonly name: string }): number => (a.name < b.name ? -1 : 1);
  expect(written.sort(byName)).toEqual(said.sort(byName));
});
