type Plant = { readonly law: string; readonly files: readonly { readonly path: string; readonly text: string }[] };

const target = (path: string) => ({ path, text: "export const target = 1;\n" });
const breaks = (path: string, imported: string) => ({
  path,
  text: `import { target } from "${imported}";\nexport const used = target;\n`,
});

/** One breach of every import law, which the laws must catch. */
export const plantedViolations: readonly Plant[] = [
  {
    law: "model-is-pure",
    files: [
      target("services/a/src/outbound/store.ts"),
      breaks("services/a/src/model/thing.ts", "../outbound/store.ts"),
    ],
  },
  {
    law: "model-without-npm",
    files: [
      {
        path: "services/a/src/model/chatty.ts",
        text: 'import { Redis } from "ioredis";\nexport const used = Redis;\n',
      },
    ],
  },
  {
    law: "usecases-know-the-model-only",
    files: [
      target("services/b/src/outbound/store.ts"),
      breaks("services/b/src/usecases/do.ts", "../outbound/store.ts"),
    ],
  },
  {
    law: "inbound-knows-no-container",
    files: [target("services/b/src/container.ts"), breaks("services/b/src/inbound/door.ts", "../container.ts")],
  },
  {
    law: "inbound-knows-types-of-outbound-only",
    files: [
      target("services/b/src/outbound/store-of-doors.ts"),
      breaks("services/b/src/inbound/hasty.ts", "../outbound/store-of-doors.ts"),
    ],
  },
  {
    law: "outbound-knows-no-door",
    files: [
      target("services/b/src/inbound/other.ts"),
      breaks("services/b/src/outbound/late.ts", "../inbound/other.ts"),
    ],
  },
  {
    law: "no-service-imports-another",
    files: [
      target("services/c/src/model/own.ts"),
      breaks("services/d/src/outbound/steal.ts", "../../../c/src/model/own.ts"),
    ],
  },
  {
    law: "packages-know-no-service",
    files: [
      target("services/c/src/model/other.ts"),
      breaks("packages/kernel/src/wrong.ts", "../../../services/c/src/model/other.ts"),
    ],
  },
  {
    law: "pg-has-its-places",
    files: [{ path: "services/e/src/inbound/raw.ts", text: 'import pg from "pg";\nexport const used = pg;\n' }],
  },
  {
    law: "no-circles",
    files: [
      breaks("services/f/src/model/one.ts", "./two.ts"),
      { path: "services/f/src/model/two.ts", text: 'import { used } from "./one.ts";\nexport const target = used;\n' },
    ],
  },
  {
    law: "across-packages-by-exports",
    files: [
      target("packages/postgres/src/inside.ts"),
      breaks("packages/messaging/src/deep.ts", "../../postgres/src/inside.ts"),
    ],
  },
  {
    law: "across-packages-by-exports",
    files: [
      target("packages/messaging/src/inside.ts"),
      breaks("bench/run-deep.ts", "../packages/messaging/src/inside.ts"),
    ],
  },
  {
    law: "nothing-imports-bench",
    files: [
      target("bench/frame/handy.ts"),
      breaks("services/a/src/outbound/lazy.ts", "../../../../bench/frame/handy.ts"),
    ],
  },
];
