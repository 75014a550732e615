declare module "yazl" {
  import type { Readable } from "node:stream";

  /** The part of yazl that is used here; the package ships no types. */
  export class ZipFile {
    readonly outputStream: Readable;
    addReadStream(stream: Readable, path: string, options?: { mtime?: Date }): void;
    end(): void;
  }
}
