import type { Check } from "./finding.ts";
import { checkCopies } from "./inbox/copies.ts";
import { checkEffects } from "./inbox/effects.ts";
import { checkEntries } from "./inbox/entries.ts";
import { checkNotices } from "./inbox/notices.ts";
import { checkWeeks } from "./inbox/weeks.ts";
import type { Audited } from "./logs.ts";

/** The inbox against the effects: every event was handled once by each who hears it, and left what it should. */
export const checkInbox = async (audited: Audited): Promise<readonly Check[]> => [
  ...(await checkEntries(audited.db)),
  ...(await checkCopies(audited.db)),
  ...(await checkEffects(audited)),
  ...(await checkNotices(audited)),
  ...(await checkWeeks(audited)),
];
