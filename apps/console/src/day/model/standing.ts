/** How a service day stands that is not activated: still to come, running without anybody able to sign on, or past as a plan. */
export type Standing = "planned" | "due" | "never-activated";

/** Both days as ISO dates; `today` is the day that runs now. */
export const standingOf = (date: string, today: string): Standing => {
  if (date > today) return "planned";
  return date === today ? "due" : "never-activated";
};
