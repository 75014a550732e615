import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { readSeconds, type ServiceDay } from "../../time/service-clock.ts";
import { showMinutes, showTime } from "../../time/show-time.ts";
import { driverNameOf } from "./driver-name.ts";
import type { Depot, Duty } from "./duty.ts";
import { lateText } from "./lateness.ts";
import type { Order } from "./order.ts";
import { type OrphanedSigning, signingWords } from "./orphaned-signing.ts";
import { byStart } from "./rows.ts";

type Absence = components["schemas"]["Absence"];

export type AttentionKind = "missed" | "late" | "open" | "sick" | "orphaned" | "needs-review" | "unworked";

/** Something that needs a person now: what it is, since or until when, and what to do next. */
export type Attention = {
  readonly key: string;
  readonly kind: AttentionKind;
  readonly what: string;
  readonly when: string;
  readonly next: string;
  /** The order that does it, where it is one about the duty. */
  readonly order: Order | null;
  readonly duty: Duty | null;
  /** Set where it is about a signing, and not about a duty. */
  readonly signing: OrphanedSigning | null;
};

/** The kinds, most urgent first. */
export const attentionKinds: readonly AttentionKind[] = [
  "missed",
  "late",
  "open",
  "sick",
  "orphaned",
  "needs-review",
  "unworked",
];

/** The duty or signing that it leads to; null where to none. */
export const leadsTo = ({ duty, signing }: Attention): string | null => signing?.signingId ?? duty?.id ?? null;

/** Where a person stands in what needs one, and where to go from there. */
export type Passage = {
  /** Counted from 1; null where what is open needs nobody. */
  readonly at: number | null;
  readonly of: number;
  readonly previous: Attention | null;
  readonly next: Attention | null;
};

/** The way through what needs a person, from the duty or signing that is open (null for none): from elsewhere the most urgent comes next. */
export const passageOf = (items: readonly Attention[], open: string | null): Passage => {
  const stops = [...Map.groupBy(items, leadsTo)].flatMap(([place, [item]]) =>
    place === null || item === undefined ? [] : [item],
  );
  const index = stops.findIndex((item) => leadsTo(item) === open);
  return {
    at: index < 0 ? null : index + 1,
    of: stops.length,
    previous: stops[index - 1] ?? null,
    next: stops[index + 1] ?? null,
  };
};

const soon = 4 * 3600;

type Day = {
  readonly day: ServiceDay;
  readonly duties: readonly Duty[];
  /** The depots whose day is not activated. */
  readonly inactive: readonly Depot[];
  readonly absences: readonly Absence[];
  readonly orphaned: readonly OrphanedSigning[];
};

/** Everything of a day that needs a person at `now` (service seconds), most urgent first. */
export const attentionOf = ({ day, duties, inactive, absences, orphaned }: Day, now: number): readonly Attention[] => {
  const inState = (state: Duty["state"]) => duties.filter((duty) => duty.state === state).toSorted(byStart);
  return [
    ...inState("missed")
      .filter((duty) => duty.ends > now)
      .sort(mostLeft)
      .map((duty) => toMissed(duty, now)),
    ...inState("late").map((duty) => toLate(duty, now)),
    ...inState("open")
      .filter((duty) => duty.starts <= now && duty.ends > now)
      .sort(mostLeft)
      .map((duty) => toOpen(duty, now)),
    ...inState("open")
      .filter((duty) => duty.starts > now && duty.starts < now + soon)
      .map((duty) => toOpen(duty, now)),
    ...absences
      .filter(({ kind, state }) => kind === "sick" && state === "requested")
      .map((absence) => toSick(absence, duties)),
    ...orphaned.toSorted(byTime).map((signing) => toOrphaned(signing, now - readSeconds(day, signing.at))),
    ...inState("needs-review").map((duty) => toReview(day, duty)),
    ...duties
      .filter((duty) => unworked.includes(duty.state) && duty.ends <= now && !inactive.includes(duty.depot))
      .toSorted(byStart)
      .map((duty) => toUnworked(day, duty)),
  ];
};

/** In which states a duty that is over was not worked, or not to its end. */
const unworked: readonly Duty["state"][] = ["covered", "missed", "open"];

const byTime = (one: OrphanedSigning, other: OrphanedSigning): number => Date.parse(one.at) - Date.parse(other.at);

/** What has the most work left to save comes first. */
const mostLeft = (a: Duty, b: Duty): number => b.ends - a.ends || byStart(a, b);

const since = (seconds: number): string => `${showMinutes(Math.floor(seconds / 60))} ago`;

const toMissed = (duty: Duty, now: number): Attention => ({
  key: duty.id,
  kind: "missed",
  what: duty.missedBy === null ? "Nobody signed on" : `${duty.missedBy.name} did not come`,
  when: `due ${since(now - duty.starts)}`,
  next: "Find a replacement",
  order: "replace",
  duty,
  signing: null,
});

const toLate = (duty: Duty, now: number): Attention => ({
  key: duty.id,
  kind: "late",
  what: `${duty.driver?.name ?? "The driver"} is ${lateText(duty, now)}`,
  when: `due ${since(now - duty.starts)}`,
  next: "Call the driver, or take the driver off and find a replacement",
  order: null,
  duty,
  signing: null,
});

const toOpen = (duty: Duty, now: number): Attention => ({
  key: duty.id,
  kind: "open",
  what: "Nobody is on it",
  when:
    duty.starts > now
      ? `starts in ${showMinutes(Math.ceil((duty.starts - now) / 60))}`
      : `started ${since(now - duty.starts)}`,
  next: "Cover it from the extraboard",
  order: "replace",
  duty,
  signing: null,
});

const toSick = (absence: Absence, duties: readonly Duty[]): Attention => ({
  key: absence.id,
  kind: "sick",
  what: `${driverNameOf({ driverName: absence.employeeName, driverNumber: absence.employeeNumber })} calls in sick`,
  when: absence.firstDay === absence.lastDay ? "today" : `until ${absence.lastDay}`,
  next: "Ask HR to approve, then cover the duty",
  order: null,
  duty: duties.find(({ driver, state }) => driver?.id === absence.employeeId && state === "covered") ?? null,
  signing: null,
});

const toOrphaned = (signing: OrphanedSigning, secondsAgo: number): Attention => ({
  key: signing.signingId,
  kind: "orphaned",
  what: `${driverNameOf(signing)}: ${signingWords[signing.kind].toLowerCase()} fits no duty`,
  when: since(Math.max(0, secondsAgo)),
  next: "Say which duty was meant",
  order: null,
  duty: null,
  signing,
});

const toReview = (day: ServiceDay, duty: Duty): Attention => ({
  key: duty.id,
  kind: "needs-review",
  what: `${duty.driver?.name ?? "The driver"} ${duty.signedOff === null ? "did not sign off" : "signed off late"}`,
  when: `planned until ${showTime(day, duty.ends).time}`,
  next: "Verify the hours",
  order: "verify",
  duty,
  signing: null,
});

const toUnworked = (day: ServiceDay, duty: Duty): Attention => ({
  key: duty.id,
  kind: "unworked",
  what: unworkedText(duty),
  when: `over since ${showTime(day, duty.ends).time}`,
  next: "Cancel it and say why",
  order: "cancel",
  duty,
  signing: null,
});

const unworkedText = ({ driver, signedOff }: Duty): string => {
  if (driver !== null) return `${driver.name} did not sign on`;
  return signedOff === null ? "Nobody worked it" : "Nobody worked the rest of it";
};
