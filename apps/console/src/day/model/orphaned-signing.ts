import type { components } from "@headway/contracts/gen/openapi/dispatcher";

export type OrphanedSigning = components["schemas"]["OrphanedSigning"];

/** What a driver did, in words. */
export const signingWords: Record<OrphanedSigning["kind"], string> = {
  "sign-on": "Sign-on",
  "sign-off": "Sign-off",
  "start-break": "Break starts",
  "end-break": "Break ends",
};
