/** What YAML can hold of JavaScript; what is undefined is left out. */
export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml | undefined };

/** The value as YAML, in blocks of two spaces, with an end of line. */
export const toYaml = (value: Yaml, indent = ""): string => {
  if (Array.isArray(value)) return value.map((each: Yaml) => `${indent}- ${inline(each, `${indent}  `)}`).join("");
  if (typeof value !== "object") return `${indent}${scalar(value)}\n`;
  return Object.entries(value)
    .filter((entry): entry is [string, Yaml] => entry[1] !== undefined)
    .map(([key, each]) => `${indent}${plain.test(key) ? key : JSON.stringify(key)}:${below(each, `${indent}  `)}`)
    .join("");
};

const plain = /^[A-Za-z_$][\w.$-]*$/;
const word = /^(?!(true|false|null|yes|no|on|off)$)[A-Za-z][\w ,.;()'/-]*(?<! )$/i;

const scalar = (value: Yaml): string => (typeof value === "string" && word.test(value) ? value : JSON.stringify(value));

const below = (value: Yaml, indent: string): string =>
  typeof value === "object" ? `\n${toYaml(value, indent)}` : ` ${scalar(value)}\n`;

const inline = (value: Yaml, indent: string): string => toYaml(value, indent).trimStart();
