import { parseDate } from "@headway/kernel/time";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CalendarOff, TrainFront } from "lucide-react";
import { DemoProgress } from "../../demo/demo-progress.tsx";
import { useDemoLoading } from "../../demo/use-demo-loading.ts";
import { Situation } from "../../shell/situation.tsx";
import { showLongDate } from "../../time/show-time.ts";
import { feedsQuery } from "../feeds-query.ts";
import { type Feed, type WhyEmpty, whyEmpty } from "../model/why-empty.ts";
import { ApiStep } from "./api-step.tsx";

type Props = {
  /** ISO date. */
  readonly date: string;
  readonly depot: string;
  readonly today: boolean;
  readonly onToday: () => void;
};

/** A day without duties: why, and how duties come to be. */
export const NoDuties = ({ date, depot, today, onToday }: Props) => {
  const { data: feeds } = useQuery(feedsQuery);
  const demo = useDemoLoading();
  if (demo !== null && today)
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
        today ? undefined : (
          <Button variant="default" onClick={onToday}>
            Show today
          </Button>
        )
      }
    >
      <p>
        Nothing is planned for <bdi>{depot}</bdi> on this day.
      </p>
      {feeds !== undefined && <Why why={whyEmpty(feeds, date)} />}
    </Situation>
  );
};

const Why = ({ why }: { why: WhyEmpty }) => {
  switch (why.kind) {
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
