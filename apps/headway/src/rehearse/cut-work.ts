import type { PlainDate } from "@headway/kernel/time";
import type { TripsOfDay } from "./checks.ts";
import type { Duty } from "./duty.ts";
import { answerOf, everyPage, type Headway, once, type Schemas } from "./headway.ts";
import { minuteOf } from "./minute.ts";

/** What a run may be, in minutes. */
export type Limits = Schemas["RunLimits"];

export type Span = { readonly from: PlainDate; readonly to: PlainDate };

/** The work of a span of days, as planning has made it. */
export type Work = { readonly cut: Schemas["CutResult"]; readonly duties: readonly Duty[] };

/** Cuts the feed's blocks into runs and plans the duties of the days. */
export const cutWork = async (headway: Headway, feedId: string, { from, to }: Span, limits: Limits): Promise<Work> => {
  const days = { firstDay: from.toString(), lastDay: to.toString() };
  const toFeed = { params: { path: { feedId }, header: once() } };
  const cut = answerOf(await headway.POST("/feeds/{feedId}/cut", { ...toFeed, body: { ...days, limits } }));
  answerOf(await headway.POST("/feeds/{feedId}/plan", { params: { path: { feedId }, header: once() }, body: days }));
  return { cut, duties: await dutiesOf(headway, { from, to }) };
};

/** The duties of all depots, as planning has them. */
export const dutiesOf = async (headway: Headway, { from, to }: Span): Promise<Duty[]> => {
  const days = { firstDay: from.toString(), lastDay: to.toString() };
  const duties = await everyPage(async (page) =>
    answerOf(await headway.GET("/duties", { params: { query: { ...days, ...page } } })),
  );
  return duties.map(toDuty);
};

const toDuty = (duty: Schemas["Duty"]): Duty => ({
  id: duty.id,
  date: duty.serviceDate,
  service: duty.serviceId,
  run: duty.runId,
  depot: duty.depotId,
  qualification: duty.qualification,
  starts: minuteOf(duty.starts),
  ends: minuteOf(duty.ends),
  gaps: duty.pieces.slice(1).map((piece, index) => ({
    starts: minuteOf(duty.pieces[index]?.ends ?? piece.starts),
    ends: minuteOf(piece.starts),
  })),
  workMinutes: duty.workMinutes,
});

/** In which runs each trip of a day is. What the calendar says runs that day, and what the runs of that day hold, are asked apart. */
export const tripsOfDay = async (headway: Headway, feedId: string, date: string): Promise<TripsOfDay> => {
  const onDay = { path: { feedId }, query: { serviceDate: date } };
  const { items: trips } = answerOf(await headway.GET("/feeds/{feedId}/trip-runs", { params: onDay }));
  const runs = await everyPage(async (page) =>
    answerOf(
      await headway.GET("/feeds/{feedId}/runs", {
        params: { path: { feedId }, query: { serviceDate: date, ...page } },
      }),
    ),
  );
  return {
    date,
    trips: trips.map(({ tripId }) => tripId),
    inRuns: runs.flatMap(({ pieces }) => pieces.flatMap(({ tripIds }) => tripIds)),
  };
};
