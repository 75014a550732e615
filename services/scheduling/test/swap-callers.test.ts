import { SwapService } from "@headway/contracts/gen/headway/scheduling/v1/swap_service_pb";
import { DomainError } from "@headway/kernel/domain-error";
import { type DepotId, newId } from "@headway/kernel/ids";
import { type Caller, type Role, roles } from "@headway/service/caller";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Scenario, scenario } from "./scenario.ts";

let metro: Scenario;
let swapId: string;
beforeAll(async () => {
  metro = await scenario();
  const roster = await metro.openRoster();
  const [anna, ben] = [await metro.driver(), await metro.driver()];
  const duties = [await metro.duty("2026-03-23", "06:00", "14:00"), await metro.duty("2026-03-25", "06:00", "14:00")];
  for (const [index, driverId] of [anna, ben].entries())
    await metro.rosters.assignDuty({ dutyId: duties[index] ?? "", driverId });
  await metro.publish(roster);
  const { swap } = await metro.swapsOf(anna).requestSwap({
    offeredAssignmentId: (await metro.assignmentOf(roster, duties[0] ?? "")).id,
    wantedAssignmentId: (await metro.assignmentOf(roster, duties[1] ?? "")).id,
  });
  swapId = swap?.id ?? "";
});
afterAll(() => metro.service.close());

type Swaps = ReturnType<Scenario["swapsOf"]>;

/** Whoever is let in is told that the swap has changed, and it stays as it is for the next caller. */
const outdated = () => ({ swapId, expectedVersion: 99 });
const dispatchers: readonly Role[] = ["dispatcher", "admin"];
type Operation = { readonly may: readonly Role[]; readonly call: (swaps: Swaps) => Promise<unknown> };
const operations: Record<string, Operation> = {
  requestSwap: {
    may: ["driver"],
    call: (swaps) => swaps.requestSwap({ offeredAssignmentId: newId(), wantedAssignmentId: newId() }),
  },
  acceptSwap: { may: ["driver"], call: (swaps) => swaps.acceptSwap(outdated()) },
  cancelSwap: { may: ["driver"], call: (swaps) => swaps.cancelSwap(outdated()) },
  declineSwap: { may: ["driver", ...dispatchers], call: (swaps) => swaps.declineSwap(outdated()) },
  approveSwap: { may: dispatchers, call: (swaps) => swaps.approveSwap(outdated()) },
  listSwaps: { may: ["driver", ...dispatchers], call: (swaps) => swaps.listSwaps({ depotId: metro.depot }) },
};

const depots = {
  "this depot": () => [metro.depot],
  "another depot": () => [newId<DepotId>()],
  "all depots": () => null,
};
const places = ["this depot", "another depot", "all depots"] as const;
type Place = (typeof places)[number];

const kinds = ["employee", "no employee", "machine"] as const;
type Kind = (typeof kinds)[number];

const callerWith = (kind: Kind, ...held: readonly (readonly [Role, Place])[]): Caller => {
  const grants = held.map(([role, place]) => ({ role, depots: depots[place]() }));
  if (kind === "machine") return { kind, account: newId(), grants };
  return { kind: "person", user: newId(), session: "s", employee: kind === "employee" ? newId() : null, grants };
};

const outcomeOf = async (call: Promise<unknown>): Promise<string> => {
  try {
    await call;
    return "let in";
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return ["swap.changed", "assignment.unknown"].includes(error.slug) ? "let in" : error.slug;
  }
};

test.each(Object.entries(operations))("%s: who is let in, by role and depot", async (name, { may, call }) => {
  const expected = (kind: Kind, role: Role, place: Place): string => {
    if (!may.includes(role)) return "caller.role";
    // A depot's list is its dispatchers'; drivers list their own without naming one.
    if (role === "driver" && name === "listSwaps") return "caller.not-yours";
    if (role === "driver") return kind === "employee" ? "let in" : "caller.no-employee";
    return place === "another depot" ? "caller.other-depot" : "let in";
  };
  const callers = kinds.flatMap((kind) => roles.flatMap((role) => places.map((place) => [kind, role, place] as const)));
  const outcomes = await Promise.all(
    callers.map(([kind, role, place]) =>
      outcomeOf(call(metro.service.as(callerWith(kind, [role, place]), SwapService))),
    ),
  );
  expect(callers.map((caller, index) => [...caller, outcomes[index]])).toEqual(
    callers.map((caller) => [...caller, expected(...caller)]),
  );
});

test("who drives here and dispatches elsewhere declines as a driver; who only dispatches elsewhere not at all", async () => {
  const decline = (...held: readonly (readonly [Role, Place])[]) =>
    metro.service.as(callerWith("employee", ...held), SwapService).declineSwap({ swapId, expectedVersion: 1 });
  await expect(decline(["driver", "this depot"], ["dispatcher", "another depot"])).rejects.toMatchObject({
    kind: "denied",
    slug: "swap.not-yours",
  });
  await expect(decline(["planner", "this depot"], ["dispatcher", "another depot"])).rejects.toMatchObject({
    kind: "denied",
    slug: "caller.other-depot",
  });
});
