import type { Instant } from "@headway/kernel/clock";
import type { DepotId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import type { Rostered } from "../model/follow.ts";
import type { FollowDutyInput } from "./follow-duty.ts";

export type RosterDriverInput = Rostered & {
  readonly depot: DepotId;
  readonly serviceDate: PlainDate;
  readonly news: "assigned" | "released";
  readonly rosterVersion: number;
  readonly at: Instant;
};

export type RosterDriverNeeds = {
  readonly roster: {
    assign(tx: Tx, rostered: Rostered, rosterVersion: number, at: Instant): Promise<void>;
    release(tx: Tx, rostered: Rostered, rosterVersion: number, at: Instant): Promise<void>;
  };
  readonly followDuty: Command<FollowDutyInput, void>;
};

/** The published roster has a driver on a duty, or no longer. */
export const rosterDriver =
  ({ roster, followDuty }: RosterDriverNeeds): Command<RosterDriverInput, void> =>
  async (tx, input) => {
    const { duty, depot, serviceDate, news, rosterVersion, at } = input;
    if (news === "assigned") await roster.assign(tx, input, rosterVersion, at);
    else await roster.release(tx, input, rosterVersion, at);
    await followDuty(tx, { duty, depot, serviceDate, at });
  };
