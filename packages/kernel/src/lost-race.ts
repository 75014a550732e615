import { type DomainError, stale } from "./domain-error.ts";
import type { Version } from "./ids.ts";

/** Somebody else was faster: `<thing>.changed`. The thing is named as slugs name it. */
export const lostRace = (thing: string): DomainError =>
  stale(`${thing}.changed`, `Somebody has changed the ${thing} meanwhile. Load it again.`);

/** Refused with `<thing>.changed` unless it stands at the version that the caller has seen. */
export const mustStandAt = (expected: Version, thing: string, { version }: { readonly version: Version }): void => {
  if (version !== expected) throw lostRace(thing);
};
