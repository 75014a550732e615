// Makes gen/: JavaScript with declarations from proto/, types and bundled documents from openapi/.
// Made aside and then put in place at once, so that what runs meanwhile never sees half of it.
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { bundle, createConfig } from "@redocly/openapi-core";
import openapiTS, { astToString } from "openapi-typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));
const aside = await mkdtemp(`${here}.gen-`);
const gen = `${aside}/packages/contracts/gen`;

try {
  execFileSync(`${root}node_modules/.bin/buf`, ["generate", "--output", aside], { cwd: root, stdio: "inherit" });
  await mkdir(`${gen}/openapi`, { recursive: true });
  const config = await createConfig({});
  for (const file of (await readdir(`${root}openapi`)).filter((name) => /(?<!asyncapi)[.]yaml$/.test(name))) {
    const name = file.replace(/\.yaml$/, "");
    const { bundle: document } = await bundle({ ref: `${root}openapi/${file}`, config, dereference: false });
    await writeFile(`${gen}/openapi/${name}.json`, `${JSON.stringify(document.parsed)}\n`);
    await writeFile(`${gen}/openapi/${name}.ts`, astToString(await openapiTS(document.parsed, { alphabetize: true })));
  }
  await rename(`${here}gen`, `${aside}/old`).catch(() => {});
  await rename(gen, `${here}gen`);
} finally {
  await rm(aside, { recursive: true, force: true });
}
