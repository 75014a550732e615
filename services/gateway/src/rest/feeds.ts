import {
  FeedImportState,
  type FeedImport as ProtoFeedImport,
  type Line as ProtoLine,
} from "@headway/contracts/gen/headway/planning/v1/feed_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { wordsOf } from "@headway/contracts/words";
import { ok, taken } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { type Bytes, handlersOf } from "../inbound/handlers.ts";
import { isoOf, listed, orNull, pageOf, present } from "./wire.ts";

type Schemas = components["schemas"];

export const feeds = handlersOf<paths, Context>()({
  "POST /feed-imports": async ({ body, query, calls }) => {
    const { import: begun } = await calls.feeds.startFeedImport(parts(body, query.fileName ?? "feed.zip"));
    const feedImport = toFeedImport(present(begun));
    return taken(feedImport, { location: `/feed-imports/${feedImport.id}` });
  },
  "GET /feed-imports/{importId}": async ({ path, calls }) =>
    ok(toFeedImport(present((await calls.feeds.getFeedImport(path)).import))),
  "GET /feeds": async ({ query, calls }) => {
    const { feeds: found, page } = await calls.feeds.listFeeds({ page: pageOf(query) });
    const items = found.map(({ id, name, timeZone, firstDay, lastDay, trips, lines, hasBlocks }) => ({
      id,
      name,
      timeZone,
      firstDay,
      lastDay,
      trips,
      lines,
      hasBlocks,
    }));
    return ok(listed(items, page));
  },
  "GET /feeds/{feedId}/lines": async ({ path, calls }) =>
    ok({ items: (await calls.feeds.listLines(path)).lines.map(toLine) }),
  "PUT /feeds/{feedId}/lines": async ({ path, body, calls }) =>
    ok({ items: (await calls.feeds.assignLines({ ...path, lines: body.lines })).lines.map(toLine) }),
});

async function* parts(body: Bytes, fileName: string) {
  yield { fileName, content: new Uint8Array() };
  for await (const content of body) yield { content };
}

const states = wordsOf<Schemas["ImportState"], FeedImportState>({
  running: FeedImportState.RUNNING,
  done: FeedImportState.DONE,
  failed: FeedImportState.FAILED,
});

const toFeedImport = (feedImport: ProtoFeedImport): Schemas["FeedImport"] => ({
  id: feedImport.id,
  state: states.toWord(feedImport.state),
  feedId: orNull(feedImport.feedId),
  file: orNull(feedImport.file),
  rowsDone: Number(feedImport.rowsDone),
  bytesDone: Number(feedImport.bytesDone),
  bytes: Number(feedImport.bytes),
  findings: feedImport.findings.map(({ file, row, field, message, fatal }) => ({
    file,
    row,
    field: orNull(field),
    message,
    fatal,
  })),
  startedAt: isoOf(present(feedImport.startedAt)),
});

const toLine = ({ code, name, depotId, trips, colour }: ProtoLine): Schemas["Line"] => ({
  code,
  name,
  depotId: orNull(depotId),
  trips,
  colour: orNull(colour),
});
