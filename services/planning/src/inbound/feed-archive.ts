import { basename } from "node:path/posix";
import { pipeline } from "node:stream";
import { crc32 } from "node:zlib";
import { CsvError, parse } from "csv-parse";
import { type Entry, fromBufferPromise, type ZipFile } from "yauzl";
import { FeedReading, feedFiles, type ReadFeed, type TakeRow } from "../model/feed/feed-reading.ts";
import type { Progress } from "../model/feed-import.ts";

/** Room for a whole country's capital. A zip bomb is refused by what its directory says, and each file is held to that. */
const maxEntries = 1000;
const maxUnpackedBytes = 512 * 1024 * 1024;
const maxRowBytes = 1_000_000;

const archiveName = "feed.zip";
/** Rows between two reports of progress. */
const stride = 20_000;

/**
 * Reads a feed from the bytes of its zip, streaming each file; what is wrong with the archive becomes a finding like all
 * else. Yields its progress at the start of each file and every so often, and goes on when it is asked to.
 */
export async function* readFeedArchive(archive: Buffer): AsyncGenerator<Progress, ReadFeed> {
  let rows = 0;
  let bytes = 0;
  const opened = await open(archive);
  if ("reason" in opened) return refused(opened.reason);
  const { zip, entries } = opened;
  const reading = new FeedReading(new Set(entries.keys()));
  for (const [file, entry] of entries) {
    let row = 0;
    for await (const read of readFile(zip, entry, file, reading)) {
      row = read.row;
      yield { file, rows: rows + row, bytes: bytes + Math.floor(read.share * entry.compressedSize) };
    }
    rows += row;
    bytes += entry.compressedSize;
  }
  return reading.finish();
}

const refused = (message: string): ReadFeed => ({
  feed: null,
  findings: [{ severity: "error", file: archiveName, row: null, field: null, message }],
});

type Opened = { readonly zip: ZipFile; readonly entries: ReadonlyMap<string, Entry> } | { readonly reason: string };

/** The files that matter, in the order in which they must be read. They may lie in a folder, as some tools pack them. */
const open = async (archive: Buffer): Promise<Opened> => {
  let zip: ZipFile;
  const found = new Map<string, Entry>();
  try {
    zip = await fromBufferPromise(archive);
    if (zip.entryCount > maxEntries) return { reason: `The zip has ${zip.entryCount} files, more than ${maxEntries}.` };
    for await (const entry of zip.eachEntry()) {
      const file = basename(entry.fileName);
      if (!feedFiles.includes(file) || entry.fileName.startsWith("__MACOSX/")) continue;
      if (found.has(file)) return { reason: `The zip has ${file} more than once.` };
      found.set(file, entry);
    }
  } catch (error) {
    const [what] = reasonOf(error).split(". ");
    return { reason: `The file is not a zip, or it was cut short on the way (${what}).` };
  }
  const size = [...found.values()].reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (size > maxUnpackedBytes)
    return { reason: `The feed would unpack to ${toMb(size)} MB, more than ${toMb(maxUnpackedBytes)} MB.` };
  if (found.size === 0) return { reason: `The zip has none of the files of a feed: ${feedFiles.join(", ")}.` };
  const inOrder = feedFiles.flatMap((file) => {
    const entry = found.get(file);
    return entry ? [[file, entry] as const] : [];
  });
  return { zip, entries: new Map(inOrder) };
};

const toMb = (bytes: number): string => Math.ceil(bytes / 1024 / 1024).toLocaleString("en-GB");

/** Yields the rows read so far, and which share of the file that is. */
async function* readFile(
  zip: ZipFile,
  entry: Entry,
  file: string,
  reading: FeedReading,
): AsyncGenerator<{ row: number; share: number }> {
  const unpacked = { bytes: 0 };
  const csv = parse({ bom: true, relax_column_count: true, relax_quotes: true, max_record_size: maxRowBytes });
  let row = 0;
  let take: TakeRow | null = null;
  try {
    // A failure anywhere in the pipeline ends `records` with it, so the callback has nothing to add.
    const records: AsyncIterable<string[]> = pipeline(
      await zip.openReadStreamPromise(entry),
      checked(entry, unpacked),
      csv,
      () => {},
    );
    for await (const cells of records) {
      row += 1;
      if (!take) take = reading.open(file, cells);
      else if (!take(cells, row)) break;
      if (row % stride === 1) yield { row, share: Math.min(1, unpacked.bytes / entry.uncompressedSize) };
    }
    reading.close(file);
  } catch (error) {
    if (error instanceof CsvError) reading.refuse(file, row + 1, `${file} cannot be read: ${mistakeOf(error)}.`);
    else reading.refuse(file, null, `${file} cannot be unpacked: ${reasonOf(error)}.`);
  }
  yield { row, share: 1 };
}

/** Passes the bytes on, and fails at the end where they are not what the archive's directory promised. */
const checked = (entry: Entry, unpacked: { bytes: number }) =>
  async function* (chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let sum = 0;
    for await (const chunk of chunks) {
      sum = crc32(chunk, sum);
      unpacked.bytes += chunk.length;
      yield chunk;
    }
    if (sum !== entry.crc32) throw new Error("its checksum does not match");
  };

/** What is wrong with a row as such. Cells are taken as they come, so little can be. */
const mistakeOf = (error: CsvError): string => {
  if (error.code === "CSV_QUOTE_NOT_CLOSED") return "a quote that begins in this row is never closed";
  if (error.code === "CSV_MAX_RECORD_SIZE")
    return `this row has more than ${maxRowBytes.toLocaleString("en-GB")} bytes, as if a quote were never closed`;
  return reasonOf(error);
};

/** What is wrong with the file; a mistake of the program is thrown on. yauzl and zlib know no closer type. */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error) || error instanceof TypeError || error instanceof ReferenceError) throw error;
  return error.message.replaceAll(/\p{Cc}/gu, " ").replace(/\.$/, "");
};
