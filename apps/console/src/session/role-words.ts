import type { Role } from "./rights.ts";

type RoleWords = {
  /** What the role is called. */
  readonly name: string;
  /** What it does in Headway. */
  readonly does: string;
};

export const roleWords: Record<Role, RoleWords> = {
  dispatcher: { name: "Dispatcher", does: "Runs the day: sign-ons, open duties, replacements." },
  planner: { name: "Planner", does: "Turns timetables into duties, and duties into rosters." },
  hr: { name: "HR", does: "Hires people, agrees contracts, grants qualifications and decides about absences." },
  payroll: {
    name: "Payroll",
    does: "Opens and closes pay periods, explains pay lines and hands over the payroll file.",
  },
  auditor: { name: "Auditor", does: "Sees everything, changes nothing." },
  admin: { name: "Administrator", does: "Opens depots, makes users and looks after the machinery." },
  driver: { name: "Driver", does: "Finds duties, hours and pay in the Headway app, not here." },
};
