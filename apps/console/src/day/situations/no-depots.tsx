import { TrainFront, Warehouse } from "lucide-react";
import { DemoProgress } from "../../demo/demo-progress.tsx";
import type { DemoLoading } from "../../demo/demo-query.ts";
import { Situation } from "../../shell/situation.tsx";
import { ApiStep } from "./api-step.tsx";

type Props = { readonly mayOpen: boolean; readonly demo: DemoLoading | null };

/** No depot at all: the first step of everything, unless the demo is just taking it. */
export const NoDepots = ({ mayOpen, demo }: Props) => {
  if (demo !== null) return <DemoComes demo={demo} />;
  return (
    <Situation icon={Warehouse} title="No depots yet">
      <p>A depot is where drivers report. Everything else hangs on one.</p>
      {mayOpen ? (
        <ol>
          <ApiStep tag="Depots" operation="openDepot">
            Open a depot with its code, name and time zone
          </ApiStep>
          <ApiStep tag="Staff lists" operation="startStaffImport">
            Bring in the staff list
          </ApiStep>
          <ApiStep tag="Feeds" operation="startFeedImport">
            Bring in a timetable
          </ApiStep>
        </ol>
      ) : (
        <p>
          An administrator opens depots, and says which of them you see. This page shows them as soon as they are there.
        </p>
      )}
    </Situation>
  );
};

const DemoComes = ({ demo }: { demo: DemoLoading }) => (
  <Situation icon={TrainFront} title="The demo metro is coming in">
    <p>A timetable, depots, drivers and rosters come in through the public API. The board opens here by itself.</p>
    <DemoProgress loading={demo} />
  </Situation>
);
