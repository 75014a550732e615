import { isDenied, Refusal, Unreachable } from "./refusal.ts";

/** A failure in words: what happened, and what to do now. */
export type Happening = {
  readonly kind: "offline" | "denied" | "broken";
  readonly what: string;
  readonly remedy: string;
};

/** The words for an answer that did not come, or said no. */
export const whatHappened = (error: unknown): Happening => {
  if (error instanceof Unreachable)
    return {
      kind: "offline",
      what: navigator.onLine ? "Headway does not answer." : "This machine is offline.",
      remedy: "It is asked again every 10 s. Nothing you do here is lost.",
    };
  if (isDenied(error) && error instanceof Refusal)
    return { kind: "denied", what: "You may not see this.", remedy: error.message };
  if (error instanceof Refusal && (error.status === 429 || error.status === 503))
    return {
      kind: "broken",
      what: "Headway is busy.",
      remedy: `Try again${error.retryAfter === null ? "" : ` in ${error.retryAfter} s`}.`,
    };
  if (error instanceof Refusal)
    return {
      kind: "broken",
      what: error.status >= 500 ? "Something broke inside Headway." : error.message,
      remedy: `Try again. If it stays, tell whoever runs Headway${error.traceId === null ? "" : `: trace ${error.traceId}`}.`,
    };
  return { kind: "broken", what: "Something broke on this page.", remedy: "Load the page again." };
};
