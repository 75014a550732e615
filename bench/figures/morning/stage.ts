import { Temporal } from "@headway/kernel/time";
import { databaseUrl } from "@headway/testkit/databases";
import { type HeadwayChild, startChild } from "headway/host/child";
import { answerOf, connect, type Headway, once } from "headway/rehearse/headway";
import { quiet } from "headway/rehearse/quiet";
import { postgresOf } from "../../frame/postgres-of.ts";
import { fill } from "../metro/fill.ts";
import { idOf } from "../metro/ids.ts";
import { inDispatch } from "../metro/in-dispatch.ts";
import { inHr } from "../metro/in-hr.ts";
import { inReporting } from "../metro/in-reporting.ts";
import { inScheduling } from "../metro/in-scheduling.ts";
import { type Shape, zone } from "../metro/shape.ts";
import { inIam } from "./in-iam.ts";

/** A Headway on the morning of a day. */
export type MorningStage = {
  readonly headway: HeadwayChild;
  readonly day: string;
  /** How many drivers of a depot its board shows at work. */
  readonly atWork: (depot: number) => Promise<number>;
  /** Waits until nothing is on its way any more. Throws where an event was parked. */
  readonly rest: () => Promise<void>;
};

/** Minutes of the real morning in which all duties start. */
const morningMinutes = 29;

/** Starts a Headway in which every driver has a duty within half an hour from now, on an activated day. */
export const setUp = async (
  folder: string,
  size: { readonly depots: number; readonly driversPerDepot: number; readonly dispatchers: number },
): Promise<MorningStage> => {
  const headway = await startChild({ folder, asked: ["start", "--empty"] });
  try {
    const day = Temporal.Now.plainDateISO(zone).toString();
    const server = await postgresOf(folder);
    const shape = shapeOf(day, size);
    const filled = {
      hr: inHr(shape),
      scheduling: inScheduling(shape),
      dispatch: inDispatch(shape),
      reporting: inReporting(shape),
      iam: inIam(shape, size.dispatchers),
    };
    for (const [service, statements] of Object.entries(filled))
      await fill(databaseUrl(server, `headway_${service}`), statements);
    const api = connect(headway.url, headway.key);
    for (let depot = 0; depot < size.depots; depot++) await activate(api, idOf("depot", depot), day);
    return { headway, day, atWork: (depot) => atWork(api, idOf("depot", depot), day), rest: () => rest(api) };
  } catch (error) {
    await headway.end("SIGTERM");
    throw error;
  }
};

/** The duties of all depots start one after the other. */
const shapeOf = (day: string, { depots, driversPerDepot }: { depots: number; driversPerDepot: number }): Shape => ({
  depots,
  driversPerDepot,
  days: [day],
  rostered: 1,
  starts: `timestamptz '${Temporal.Now.instant().round("second")}' + (place * ${depots} + depot) * interval '${morningMinutes} minutes' / ${depots * driversPerDepot}`,
});

const activate = async (api: Headway, depotId: string, serviceDate: string): Promise<void> => {
  const params = { path: { depotId, serviceDate }, header: once() };
  const { duties, open } = answerOf(await api.POST("/depots/{depotId}/days/{serviceDate}/activate", { params }));
  if (open > 0 || duties === 0) throw new Error(`A morning with ${open} open duties of ${duties}.`);
};

const atWork = async (api: Headway, depotId: string, serviceDate: string): Promise<number> => {
  const params = { path: { depotId, serviceDate } };
  const { duties } = answerOf(await api.GET("/depots/{depotId}/days/{serviceDate}/board", { params }));
  return duties.filter(({ state }) => state === "on-duty").length;
};

const rest = async (api: Headway): Promise<void> => {
  const parked = (await quiet(api)).filter((flow) => flow.parked > 0);
  if (parked.length > 0) throw new Error(`Events were parked: ${JSON.stringify(parked)}`);
};
