import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** All files carry this time, so that the same files make the same zip. */
const timeless = new Date(2000, 0, 1);

/** A zip of files by their names. */
export const zipOf = async (files: Readonly<Record<string, Readable>>): Promise<Uint8Array> => {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(files)) zip.addReadStream(content, path, { mtime: timeless });
  zip.end();
  return buffer(zip.outputStream);
};
