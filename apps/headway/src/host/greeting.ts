import type { FirstStart } from "./first-start.ts";
import type { Profile } from "./profile.ts";

type Say = (line: string) => void;

/** What is said when the door is open: at the first start also what one needs to go on. */
export const greet = ({ port, empty, rehearsal }: Profile, first: FirstStart | null, say: Say): void => {
  say(`Headway is ready at http://127.0.0.1:${port}`);
  if (first) greetNewcomer(first, rehearsal, say);
  else say("Accounts and keys are as before; --fresh begins from nothing.");
  if (!empty) say("The demo metro comes in through the API now; its day shows on the board within a minute or two.");
  say("The API is described at /docs. Ctrl-C ends Headway; data and sessions stay.");
  say("");
};

const greetNewcomer = ({ accounts, key }: FirstStart, rehearsal: boolean, say: Say): void => {
  say("");
  say("Sign in with (dispatcher, planner, auditor and admin see the day board; hr and payroll have the API for now):");
  for (const { name, password } of accounts) say(`  ${name.padEnd(12)} ${password}`);
  say("");
  say(`An API key for ${rehearsal ? "the rehearsal" : "batch clients"}, shown this once:`);
  say(`HEADWAY_KEY=${key}`);
  say("");
};
