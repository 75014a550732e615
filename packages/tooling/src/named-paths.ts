import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const documents = ["*.md", "docs/**/*.md", "{packages,services,apps}/*/README.md"];
/** Made by the build, or while Headway runs: not there in every checkout. */
const made = /(^|\/)(gen|dist|node_modules|\.headway)(\/|$)/;
const sourceFile = /[^.]\.(ts|tsx|css|sql|cjs|mjs|proto|yaml)$/;

/** Holds the documents to what is there: a path that they name exists, and each decision record names what holds it. */
export const checkNamedPaths = (root: string): boolean => {
  const found = globSync(documents, { cwd: root }).sort();
  const lost = found.flatMap((document) => lostPaths(root, document));
  for (const line of lost) process.stdout.write(`${line}\n`);
  return found.length > 0 && lost.length === 0;
};

/** What is wrong with the paths of one document (its own path from `root`), a line for each. */
export const lostPaths = (root: string, document: string): string[] => {
  const text = readFileSync(join(root, document), "utf8");
  const lost = namedIn(text)
    .filter((path) => !alternatives(path).every((each) => isThere(root, dirname(document), each)))
    .map((path) => `${document} names ${path}, which is not there`);
  const holds = /^\*\*Held by\.\*\*(.*)$/m.exec(text);
  if (holds && namedIn(holds[1] ?? "").length === 0) lost.push(`${document} does not say by its path what holds it`);
  return lost;
};

/** Targets of links, and what stands in backticks and looks like a path or a source file. */
const namedIn = (text: string): string[] => {
  const targets = [...text.matchAll(/\]\(([^)#\s]+)/g)].map(([, target = ""]) => target);
  const quoted = [...text.matchAll(/`([^`\s]+)`/g)].map(([, quote = ""]) => quote);
  return [...targets.filter((target) => !target.includes(":")), ...quoted.filter(looksLikePath)].filter(
    (path) => !made.test(path),
  );
};

// `model/` alone is a room, not a place.
const looksLikePath = (quote: string): boolean =>
  /^[a-z.*{][\w.,*{}/-]*$/.test(quote) && (sourceFile.test(quote) || /.\/./.test(quote));

/** From the root, from the document's folder or its `src`, in a room of any service; a bare file name anywhere. */
const isThere = (root: string, folder: string, path: string): boolean =>
  globSync(
    path.includes("/")
      ? [path, join(folder, path), join(folder, "src", path), join("services/*/src", path)]
      : [path, `{packages,services,apps,proto,openapi}/**/${path}`],
    { cwd: root, exclude: (each) => each === "node_modules" },
  ).length > 0;

/** `host/{services,stack}.ts` names two. */
const alternatives = (path: string): string[] => {
  const [whole, list] = /\{([^}]*)\}/.exec(path) ?? [];
  if (whole === undefined || list === undefined) return [path];
  return list.split(",").flatMap((each) => alternatives(path.replace(whole, each)));
};
