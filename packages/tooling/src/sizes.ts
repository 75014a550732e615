import { globSync, readFileSync } from "node:fs";

const longest = 300;

/** A file above 300 lines has more than one subject. */
export const checkSizes = (root: string): boolean => {
  const files = globSync(["{packages,services,apps}/*/src/**/*.{ts,tsx}", "bench/**/*.ts"], { cwd: root });
  const long = files
    .map((file) => ({ file, lines: readFileSync(`${root}/${file}`, "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > longest);
  for (const { file, lines } of long)
    process.stdout.write(`${file} has ${lines} lines; ${longest} are enough for one subject\n`);
  return files.length > 0 && long.length === 0;
};
