import type { Duty } from "../src/day/model/duty.ts";

let made = 0;

/** A covered duty of line A from 08:00 to 16:00, but for what is said. */
export const duty = (said: Partial<Duty> = {}): Duty => {
  made += 1;
  return {
    id: `duty-${made}`,
    run: `A-${100 + made}`,
    line: "A",
    depot: { id: "depot-1", code: "D1", name: "Riverside", timeZone: "Europe/Paris", version: 1 },
    driver: { id: `driver-${made}`, number: String(10_000 + made), name: "Yusuf Demir" },
    state: "covered",
    starts: 8 * 3600,
    ends: 16 * 3600,
    signedOn: null,
    signedOff: null,
    breakSince: null,
    pieces: [],
    missedBy: null,
    cancelCause: null,
    ...said,
  };
};
