// The import laws of docs/adr and architecture: each has a planted violation in packages/tooling that it must catch.
const service = "^services/([^/]+)/src/";
const own = (room) => `^services/$1/src/${room}/`;

module.exports = {
  forbidden: [
    {
      name: "model-is-pure",
      comment: "The model imports itself and the kernel.",
      severity: "error",
      from: { path: `${service}model/` },
      to: { path: "^(services|packages)/", pathNot: [own("model"), "^packages/kernel/"] },
    },
    {
      name: "model-without-npm",
      comment: "No npm package and no node: module in the model.",
      severity: "error",
      from: { path: `${service}model/` },
      to: {
        dependencyTypes: ["npm", "npm-dev", "core", "npm-no-pkg", "unknown"],
        pathNot: ["^packages/kernel/", "@headway/kernel"],
      },
    },
    {
      name: "usecases-know-the-model-only",
      severity: "error",
      from: { path: `${service}usecases/` },
      to: { path: "^(services|packages)/", pathNot: [own("(model|usecases)"), "^packages/kernel/"] },
    },
    {
      name: "inbound-knows-no-container",
      comment: "A door gets what it needs from the container.",
      severity: "error",
      from: { path: `${service}(inbound|rest|live)/` },
      to: { path: "^services/[^/]+/src/(container|main)" },
    },
    {
      name: "inbound-knows-types-of-outbound-only",
      comment: "Save the words of the wire, which the outbox mapping and the doors share.",
      severity: "error",
      from: { path: `${service}inbound/` },
      to: { path: own("outbound"), pathNot: "-events[.]ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "outbound-knows-no-door",
      severity: "error",
      from: { path: `${service}outbound/` },
      to: { path: "^services/[^/]+/src/(inbound|usecases|container|main)" },
    },
    {
      name: "no-service-imports-another",
      severity: "error",
      from: { path: "^services/([^/]+)/" },
      to: { path: "^services/", pathNot: "^services/$1/" },
    },
    {
      name: "packages-know-no-service",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "^(services|apps)/" },
    },
    {
      name: "pg-has-its-places",
      comment:
        "Only packages/postgres, the testkit's servers and the outside view of bench speak to PostgreSQL's driver.",
      severity: "error",
      from: { pathNot: ["^packages/(postgres|testkit)/", "^bench/", "^services/[^/]+/src/outbound/", "node_modules"] },
      to: { path: "(node_modules/|^)pg(/|$)" },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
    {
      name: "across-packages-by-exports",
      severity: "error",
      from: { path: "^(packages|services|apps|bench)/([^/]+)" },
      to: { path: "^packages/[^/]+/(src|gen)/", pathNot: "^$1/$2/", dependencyTypes: ["local"] },
    },
    {
      name: "nothing-imports-bench",
      comment: "Nothing of it is part of what runs in a depot.",
      severity: "error",
      from: { pathNot: "^bench/" },
      to: { path: "^bench/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(/gen/|/dist/|/test/)" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs"],
    },
  },
};
