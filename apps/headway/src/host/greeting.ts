import { demoDriver } from "../demo/driver-account.ts";
import type { FirstStart } from "./first-start.ts";
import type { Profile } from "./profile.ts";

type Say = (line: string) => void;

/** What is said when the door is open: at the first start also what one needs to go on. */
export const greet = (
  { port, empty, rehearsal }: Profile,
  first: FirstStart | null,
  hasDemo: boolean,
  say: Say,
): void => {
  say(`Headway is ready at http://127.0.0.1:${port}`);
  if (first) greetNewcomer(first, { empty, rehearsal }, say);
  else say("Accounts and keys are as before; --fresh begins from nothing.");
  if (!empty && first)
    say("The demo metro comes in through the API now; its day shows on the board within a minute or two.");
  else if (!empty && hasDemo) say("The demo metro goes on with its day.");
  else if (!empty) say("It was begun without the demo metro, and goes on without it.");
  say("The API is described at /docs. Ctrl-C ends Headway; data and sessions stay.");
  say("");
};

const greetNewcomer = (
  { accounts, key }: FirstStart,
  { empty, rehearsal }: Pick<Profile, "empty" | "rehearsal">,
  say: Say,
): void => {
  const account = (name: string, password: string): void => say(`  ${name.padEnd(12)} ${password}`);
  say("");
  if (empty) say("Sign in with:");
  else
    say(
      "Sign in with (dispatcher, planner, auditor and admin see the day board; hr and payroll have the API for now):",
    );
  for (const { name, password } of accounts) account(name, password);
  if (!empty) {
    say("A driver, for POST /mobile/v1/session once the metro is in:");
    account(demoDriver.userName, demoDriver.password);
  }
  say("");
  say(
    `An API key for ${rehearsal ? "the rehearsal" : "batch clients"}, shown this once (Authorization: Headway-Key <key>):`,
  );
  say(`HEADWAY_KEY=${key}`);
  say("");
};
