import { parseDate } from "@headway/kernel/time";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CalendarOff, TrainFront } from "lucide-react";
import { DemoProgress } from "../../demo/demo-progress.tsx";
import { useDemoLoading } from "../../demo/use-demo-loading.ts";
import { Situation } from "../../shell/situation.tsx";
import { showLongDate } from "../../time/show-time.ts";
import { feedsQuery } from "../feeds-query.ts";
import type { Depot } from "../model/duty.ts";
import { type Feed, type WhyEmpty, whyEmpty } from "../model/why-empty.ts";
import { rostersQuery } from "../rosters-query.ts";
import { ApiStep } from "./api-step.tsx";

type Props = {
  /** ISO date. */
  readonly date: string;
  /** Null for all depots. */
  readonly depot: Depot | null;
  /** ISO date. */
  readonly today: string;
  /** Called with null for today. */
  readonly onDay: (day: string | null) => void;
};

/** A day without duties: why, and which day has some, or how duties come to be where there are none at all. */
export const NoDuties = ({ date, depot, today, onDay }: Props) => {
  const { data: rosters } = useQuery(rostersQuery(depot?.id ?? null));
  const { data: feeds } = useQuery(feedsQuery);
  const why = rosters === undefined || feeds === undefined ? null : whyEmpty(rosters, feeds, date);
  const nearest = why?.kind === "other-days" ? why.nearest : null;
  const demo = useDemoLoading();
  if (demo !== null && date === today)
    return (
      <Situation icon={TrainFront} title="Today's duties are on their way">
        <p>The demo metro is coming in. Duties show here as they are planned.</p>
        <DemoProgress loading={demo} />
      </Situation>
    );
  return (
    <Situation
      icon={CalendarOff}
      title={`No duties on ${longDate(date)}`}
      actions={
        <>
          {nearest !== null && nearest !== today && (
            <Button onClick={() => onDay(nearest)}>Show {longDate(nearest)}</Button>
          )}
          {date !== today && (
            <Button variant="default" onClick={() => onDay(null)}>
              Show today
            </Button>
          )}
        </>
      }
    >
      <p>
        Nothing is planned for <bdi>{depot?.name ?? "all depots"}</bdi> on this day.
      </p>
      {why !== null && <Why why={why} />}
    </Situation>
  );
};

const Why = ({ why }: { why: WhyEmpty }) => {
  switch (why.kind) {
    case "other-days":
      return (
        <p>
          {why.nearest === null
            ? "Its roster covers this day, without duties."
            : `Its nearest rostered day is ${longDate(why.nearest)}.`}
        </p>
      );
    case "no-timetable":
      return <NoTimetable />;
    case "not-covered":
      return (
        <>
          <p>
            No timetable covers it. <Valid feed={why.nearest} />
          </p>
          <ol>
            <ApiStep tag="Feeds" operation="startFeedImport">
              A planner brings the next timetable in
            </ApiStep>
          </ol>
        </>
      );
    case "not-planned":
      return (
        <>
          <p>
            <Valid feed={why.feed} /> This depot has no duties of it on this day.
          </p>
          <Planning />
        </>
      );
  }
};

const NoTimetable = () => (
  <>
    <p>There is no timetable yet. Duties are made of one:</p>
    <Planning>
      <ApiStep tag="Feeds" operation="startFeedImport">
        A planner brings a timetable in
      </ApiStep>
    </Planning>
  </>
);

/** The steps from a timetable to this board. */
const Planning = ({ children }: { children?: React.ReactNode }) => (
  <ol>
    {children}
    <ApiStep tag="Feeds" operation="assignLines">
      A planner says which depot works which line
    </ApiStep>
    <ApiStep tag="Runs" operation="cutRuns">
      cuts the blocks into runs
    </ApiStep>
    <ApiStep tag="Runs" operation="planDuties">
      and plans the duties of the days
    </ApiStep>
    <ApiStep tag="Rosters" operation="publishRoster">
      A roster puts drivers on them, and they show here
    </ApiStep>
  </ol>
);

const Valid = ({ feed: { name, firstDay, lastDay } }: { feed: Feed }) => (
  <>
    <bdi>{name}</bdi> runs from {longDate(firstDay)} to {longDate(lastDay)}.
  </>
);

const longDate = (iso: string): string => showLongDate(parseDate(iso, "day"));
