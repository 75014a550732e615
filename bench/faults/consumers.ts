import type { Fault } from "../frame/fault.ts";
import { failMembers, joinAndLeave, type MemberFault } from "./event-path/failing-members.ts";
import { onServers } from "./event-path/on-servers.ts";

/** How often each is made by itself; what waits for a session to end takes longest. */
const usualTries = { die: 6, leave: 16, sleep: 3, stiffen: 3, joinAndLeave: 40 } as const;

/** Members of a group that die, leave, fall asleep or grow stiff in the middle of a batch, and two that come and go without end. */
export const consumers: Fault = ({ tries, seed, say }) =>
  onServers(async (servers) => {
    const settingsOf = (what: keyof typeof usualTries) => ({ tries: tries ?? usualTries[what], seed, say });
    // Most of the time is spent waiting for sessions to end: two side by side.
    const both = (faults: readonly MemberFault[]) =>
      Promise.all(faults.map((fault) => failMembers(servers, [fault], settingsOf(fault))));
    const failed = [...(await both(["die", "leave"])), ...(await both(["sleep", "stiffen"]))];
    return [...failed, await joinAndLeave(servers, settingsOf("joinAndLeave"))];
  });
