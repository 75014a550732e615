import { RosterService } from "@headway/contracts/gen/headway/scheduling/v1/roster_service_pb";
import { scheduling } from "@headway/scheduling/container";
import { answering } from "../forked.ts";
import { everywhere, hostAlone } from "../metro/hosted.ts";
import { idOf } from "../metro/ids.ts";
import { captured } from "./captured.ts";
import { closedLoop } from "./closed-loop.ts";
import type { Asked, Told, WatchedCommand } from "./inside.ts";
import { scriptOf } from "./script.ts";

/** The scheduling service in a process of its own, called through its door by clients in the same process. */
const inside = async ({ databaseUrl, drivers, duties, work }: Asked): Promise<Told> => {
  const service = await hostAlone(scheduling, databaseUrl);
  try {
    const rosters = service.as(everywhere("dispatcher"), RosterService);
    const driverOf = (duty: number): string => idOf("driver", duty % drivers);
    const assign = (duty: number): Promise<unknown> => {
      if (duty >= duties) throw new Error("There are no more duties to assign: measure for a shorter time.");
      return rosters.assignDuty({ dutyId: idOf("duty", duty), driverId: driverOf(duty) });
    };
    if (work.kind === "watch") return await watch(assign, { databaseUrl, drivers, duties });
    await service.start();
    await closedLoop({ ...work.load, seconds: work.warmUpSeconds }, (number) => assign(duties - 1 - number));
    return { kind: "rate", perSecond: (await closedLoop(work.load, assign)).perSecond };
  } finally {
    await service.stop();
  }
};

/** Before the service begins to publish, so that nothing else goes to the database. */
const watch = async (
  assign: (duty: number) => Promise<unknown>,
  { databaseUrl, drivers, duties }: Omit<Asked, "work">,
): Promise<WatchedCommand> => {
  // The first ones prepare the statements.
  for (let duty = duties - 1; duty > duties - 50; duty--) await assign(duty);
  const one = async (duty: number) => ({
    ...(await captured(databaseUrl, () => assign(duty))),
    duty: idOf("duty", duty),
    driver: idOf("driver", duty % drivers),
  });
  // Of different days, hours and drivers: so all that depends on them differs.
  const [first, second] = [await one(0), await one(drivers + 1)];
  return {
    kind: "watched",
    script: scriptOf([first, second], drivers),
    statements: first.statements.length,
    roundTrips: first.roundTrips,
  };
};

answering(inside);
