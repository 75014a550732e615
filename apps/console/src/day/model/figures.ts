import type { Duty } from "./duty.ts";
import { isAtWork } from "./duty-state.ts";

/** A figure of the strip, which is also a filter. */
export type Figure = "on-duty" | "late" | "missed" | "open" | "next-hour" | "needs-review";

const hour = 3600;

/** The words of the figures, in the order of the strip. */
export const figureWords: Record<Figure, string> = {
  "on-duty": "On duty",
  late: "Late",
  missed: "Missed",
  open: "Open",
  "next-hour": "Sign-ons in the next hour",
  "needs-review": "Needs review",
};

export const figures = Object.keys(figureWords) as readonly Figure[];

/** Whether a duty counts for a figure at `now` (service seconds). */
export const counts = (figure: Figure, duty: Duty, now: number): boolean => {
  switch (figure) {
    case "on-duty":
      return isAtWork(duty.state);
    case "next-hour":
      return duty.state === "covered" && duty.starts >= now && duty.starts < now + hour;
    default:
      return duty.state === figure;
  }
};

/** All figures of a day at `now`. */
export const figuresOf = (duties: readonly Duty[], now: number): Record<Figure, number> => {
  const sums = Object.fromEntries(figures.map((figure) => [figure, 0])) as Record<Figure, number>;
  for (const duty of duties) for (const figure of figures) if (counts(figure, duty, now)) sums[figure] += 1;
  return sums;
};
