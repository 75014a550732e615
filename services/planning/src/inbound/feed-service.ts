import type { MessageInitShape } from "@bufbuild/protobuf";
import type { ServiceImpl } from "@connectrpc/connect";
import {
  type AssignLinesRequest,
  type FeedImportSchema,
  FeedImportState,
  type FeedService,
  type StartFeedImportRequest,
} from "@headway/contracts/gen/headway/planning/v1/feed_service_pb";
import { toTimestamp } from "@headway/contracts/instant";
import { wordsOf } from "@headway/contracts/words";
import type { Clock } from "@headway/kernel/clock";
import { invalid, missing } from "@headway/kernel/domain-error";
import { type DepotId, parseId } from "@headway/kernel/ids";
import { requireText } from "@headway/kernel/reading";
import type { Command } from "@headway/kernel/tx";
import type { Database } from "@headway/postgres/database";
import { parsePage } from "@headway/postgres/keyset";
import { callerOf, mayInDepot, type Role } from "@headway/service/caller";
import type { FeedFinding } from "../model/feed/finding.ts";
import type { FeedImport, FeedImportId, HandedIn } from "../model/feed-import.ts";
import type { FeedId, LineCode } from "../model/ids.ts";
import type { feedImportQueries } from "../outbound/feed-import-repository.ts";
import type { FeedListed, feedQueries, LineListed } from "../outbound/feed-queries.ts";
import type { AssignLinesInput } from "../usecases/assign-lines.ts";

export type FeedServiceNeeds = {
  readonly inTx: Database["inTx"];
  readonly clock: Clock;
  readonly startFeedImport: Command<HandedIn, FeedImportId>;
  readonly assignLines: Command<AssignLinesInput, void>;
  readonly imports: Pick<ReturnType<typeof feedImportQueries>, "get">;
  readonly feeds: Pick<ReturnType<typeof feedQueries>, "list" | "lines">;
  /** The depots that the caller may see, by asking hr. */
  readonly depots: { known(): Promise<ReadonlySet<DepotId>> };
  /** The job may begin. */
  readonly wake: () => void;
};

/** The most bytes of a zip; the feed of a large city has about 50 MB. */
const mostBytes = 64 * 1024 * 1024;
const planners: readonly Role[] = ["planner", "admin"];

export const feedService = (needs: FeedServiceNeeds): ServiceImpl<typeof FeedService> => ({
  async startFeedImport(parts) {
    const { inTx, clock, startFeedImport, imports, wake } = needs;
    const { fileName, content } = await gather(parts);
    const id = await inTx((tx) => startFeedImport(tx, { fileName, content, at: clock.now() }));
    wake();
    return { import: toFeedImport(await imports.get(id)) };
  },

  getFeedImport: async ({ importId }) => ({
    import: toFeedImport(await needs.imports.get(parseId<FeedImportId>(importId, "importId"))),
  }),

  async listFeeds({ page }) {
    const { items, next } = await needs.feeds.list(parsePage(page, ["uuid"]));
    return { feeds: items.map(toFeed), page: { next } };
  },

  listLines: async ({ feedId }) => ({
    lines: (await needs.feeds.lines(parseId<FeedId>(feedId, "feedId"))).map(toLine),
  }),

  async assignLines(request, context) {
    const { inTx, assignLines, feeds, depots } = needs;
    const input = toAssignLinesInput(request);
    const caller = callerOf(context);
    const before = (await feeds.lines(input.feed)).filter(({ code }) => input.lines.some(({ line }) => line === code));
    for (const depot of [...input.lines, ...before].map(({ depot }) => depot))
      if (depot !== null) mayInDepot(caller, planners, depot);
    const known = await depots.known();
    if (input.lines.some(({ depot }) => !known.has(depot)))
      throw missing("depot.unknown", "There is no such depot.", { field: "depotId" });
    await inTx((tx) => assignLines(tx, input));
    return { lines: (await feeds.lines(input.feed)).map(toLine) };
  },
});

const gather = async (parts: AsyncIterable<StartFeedImportRequest>): Promise<{ fileName: string; content: Buffer }> => {
  const chunks: Uint8Array[] = [];
  let name = "";
  let bytes = 0;
  for await (const { fileName, content } of parts) {
    name ||= fileName;
    bytes += content.length;
    if (bytes > mostBytes)
      throw invalid("feed-import.too-large", `A feed may have at most ${mostBytes / 1024 / 1024} MB.`, {
        field: "content",
      });
    chunks.push(content);
  }
  if (bytes === 0) throw invalid("feed-import.empty", "The file is empty.", { field: "content" });
  return { fileName: requireText(name || "feed.zip", "fileName"), content: Buffer.concat(chunks) };
};

const toAssignLinesInput = ({ feedId, lines }: AssignLinesRequest): AssignLinesInput => ({
  feed: parseId<FeedId>(feedId, "feedId"),
  lines: lines.map(({ code, depotId }) => ({
    line: requireText(code, "code") as LineCode,
    depot: parseId<DepotId>(depotId, "depotId"),
  })),
});

const stateWords = wordsOf<FeedImport["state"], FeedImportState>({
  running: FeedImportState.RUNNING,
  done: FeedImportState.DONE,
  failed: FeedImportState.FAILED,
});

const toFeedImport = (found: FeedImport): MessageInitShape<typeof FeedImportSchema> => ({
  id: found.id,
  state: stateWords.toProto(found.state),
  feedId: found.feed ?? "",
  file: found.progress.file,
  rowsDone: BigInt(found.progress.rows),
  bytesDone: BigInt(found.progress.bytes),
  bytes: BigInt(found.bytes),
  findings: found.findings.map(toFinding),
  startedAt: toTimestamp(found.startedAt),
});

const toFinding = ({ file, row, field, message, severity }: FeedFinding) => ({
  file,
  row: row ?? 0,
  field: field ?? "",
  message,
  fatal: severity === "error",
});

const toFeed = ({ zone, ...same }: FeedListed) => ({ ...same, timeZone: zone });

const toLine = ({ depot, colour, ...same }: LineListed) => ({ ...same, depotId: depot ?? "", colour: colour ?? "" });
