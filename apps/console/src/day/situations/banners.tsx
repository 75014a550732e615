import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { CloudOff, History, NotebookPen, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { whatHappened } from "../../api/what-happened.ts";
import { actingRoles, hasRole } from "../../session/rights.ts";
import { meQuery } from "../../session/session-query.ts";
import { toHeadwayTime } from "../../time/headway-clock.ts";
import { showClock } from "../../time/show-time.ts";
import type { Depot } from "../model/duty.ts";
import type { Standing } from "../model/standing.ts";
import { ActivateButton } from "../orders/activate-button.tsx";
import type { DayDuties } from "../use-day-duties.ts";
import styles from "./banners.module.css";

type Props = {
  readonly board: DayDuties;
  readonly zone: string;
  /** ISO date. */
  readonly date: string;
  /** What it means for this day that a depot has not activated it. */
  readonly standing: Standing;
};

/** What a person must know about the board below: how old it is, what is missing from it, that it is only a plan. */
export const Banners = ({ board, zone, date, standing }: Props) => {
  const [first] = board.failed;
  return (
    <>
      {first !== undefined && board.loaded > 0 && <Failed board={board} zone={zone} failed={first} />}
      {board.inactive.length > 0 && board.duties.length > 0 && (
        <NotActivated depots={board.inactive} date={date} standing={standing} />
      )}
    </>
  );
};

type FailedProps = Pick<Props, "board" | "zone"> & { readonly failed: DayDuties["failed"][number] };

const Failed = ({ board, zone, failed }: FailedProps) => {
  const { kind, what, remedy } = whatHappened(failed.error);
  const asOf =
    board.fetchedAt > 0
      ? ` You see the board of ${showClock(toHeadwayTime(board.fetchedAt), zone)}.`
      : ` ${failed.depot.name} is missing here.`;
  return (
    <div className={styles.banner} data-state="late" role="status">
      {kind === "offline" ? <CloudOff size={16} aria-hidden="true" /> : <TriangleAlert size={16} aria-hidden="true" />}
      <p>
        <strong>{what}</strong>
        {asOf} {remedy}
      </p>
      <Button size="compact-sm" variant="default" onClick={board.retry}>
        Try now
      </Button>
    </div>
  );
};

type NotActivatedProps = Pick<Props, "date" | "standing"> & { readonly depots: readonly Depot[] };

const NotActivated = ({ depots, date, standing }: NotActivatedProps) => {
  const { data: me } = useQuery(meQuery);
  const mine = depots.filter(({ id }) => me !== undefined && hasRole(me, actingRoles, id));
  const where = depots.length === 1 ? "This day" : `The day of ${depots.length} depots`;
  return (
    <div className={styles.banner} data-state={standing === "due" ? "late" : undefined} role="status">
      {standing === "never-activated" ? (
        <History size={16} aria-hidden="true" />
      ) : (
        <NotebookPen size={16} aria-hidden="true" />
      )}
      <p>{notActivated[standing](where)}</p>
      {standing !== "never-activated" && mine.length > 0 && (
        <ActivateButton depots={mine} date={date} urgent={standing === "due"} />
      )}
    </div>
  );
};

const notActivated: Record<Standing, (where: string) => ReactNode> = {
  planned: (where) => (
    <>
      <strong>Still a plan.</strong> {where} is not activated: nobody can sign on before a dispatcher activates it.
    </>
  ),
  due: (where) => (
    <>
      <strong>Not activated.</strong> {where} is running, but nobody can sign on until a dispatcher activates it.
    </>
  ),
  "never-activated": (where) => (
    <>
      <strong>Never activated.</strong> {where} is over and stayed a plan: nobody signed on, and no hours were recorded.
    </>
  ),
};
