import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Lock, Warehouse } from "lucide-react";
import { isDenied } from "../../api/refusal.ts";
import { Failed } from "../../shell/failed.tsx";
import { Situation } from "../../shell/situation.tsx";
import type { Depot } from "../model/duty.ts";

/** A board that could not be had at all. */
export const Refused = ({ error, onRetry }: { error: unknown; onRetry: () => void }) =>
  isDenied(error) ? <NotAllowed /> : <Failed error={error} onRetry={onRetry} />;

/** The board is not for this person: for whom it is, and where to go instead. */
export const NotAllowed = () => (
  <Situation
    alert
    icon={Lock}
    title="You may not see this board"
    actions={
      <Button component={Link} to="/start">
        See what you can do
      </Button>
    }
  >
    <p>
      Dispatchers, planners and auditors of the depot see its day board, and administrators see all. An administrator
      gives you a role. Drivers find their duties in the Headway app.
    </p>
  </Situation>
);

type UnknownProps = {
  readonly code: string;
  readonly depots: readonly Depot[];
  readonly onDepot: (code: string) => void;
};

/** An address that names a depot which is not there, or not for this person. */
export const UnknownDepot = ({ code, depots, onDepot }: UnknownProps) => (
  <Situation
    icon={Warehouse}
    title={`No depot ${code} for you`}
    actions={depots.slice(0, 6).map((depot) => (
      <Button key={depot.id} variant="default" onClick={() => onDepot(depot.code)}>
        {depot.name}
      </Button>
    ))}
  >
    <p>It does not exist, or you have no role in it: an administrator could give you one. These are yours:</p>
  </Situation>
);
