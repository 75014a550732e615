import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { whatHappened } from "../../api/what-happened.ts";
import { showMinutes } from "../../time/show-time.ts";
import { driverNameOf } from "../model/driver-name.ts";
import type { DayDuty } from "../model/patch.ts";
import { type Candidate, candidatesQuery } from "./candidates-query.ts";
import { OrderForm } from "./order-form.tsx";
import styles from "./orders.module.css";
import { type Replacement, replaceDriver } from "./orders.ts";
import { useOrder } from "./use-order.ts";

type Props = {
  readonly duty: DayDuty;
  readonly onDone: (said: string) => void;
  readonly onBack: () => void;
};

const mostShown = 8;

/** Who could take a duty that nobody works, who could not and why, and the pick: a person, or the first in order. */
export const ReplaceForm = ({ duty, onDone, onBack }: Props) => {
  const { data, isPending, error } = useQuery(candidatesQuery(duty.dutyId));
  const { give, giving, refused } = useOrder(onDone);
  const note = useRef<HTMLInputElement>(null);
  const pick = (driver: string | null): void =>
    give(async () => toOutcome(await replaceDriver(duty, driver, note.current?.value ?? "")));
  const fit = data?.fit ?? [];
  return (
    <OrderForm
      title="Find a replacement"
      giving={giving}
      refused={refused}
      onGive={() => pick(null)}
      onBack={onBack}
      {...(fit.length > 0 ? { doIt: "Take the first in order" } : {})}
    >
      <TextInput ref={note} size="sm" label="Note (optional)" autoComplete="off" maxLength={500} />
      {isPending && <div className={styles.waiting} role="status" aria-label="Looking for drivers" />}
      {error !== null && data === undefined && <p className={styles.quiet}>{whatHappened(error).what}</p>}
      {data !== undefined && fit.length === 0 && <p>Nobody could take it: see below why, or cancel the duty.</p>}
      <ol className={styles.candidates} aria-label="Drivers who could take it, best first">
        {fit.slice(0, mostShown).map((candidate) => (
          <Fit key={candidate.driverId} candidate={candidate} giving={giving} onPick={() => pick(candidate.driverId)} />
        ))}
      </ol>
      {fit.length > mostShown && <p className={styles.quiet}>and {fit.length - mostShown} more who could take it</p>}
      {data !== undefined && data.leftOut.length > 0 && <LeftOut candidates={data.leftOut} />}
    </OrderForm>
  );
};

const toOutcome = (replacement: Replacement) => ({
  duty: replacement.duty,
  said: `${driverNameOf(replacement)} takes ${replacement.duty.runId}; ${replacement.leftOut.length} were left out.`,
});

type FitProps = { readonly candidate: Candidate; readonly giving: boolean; readonly onPick: () => void };

const Fit = ({ candidate, giving, onPick }: FitProps) => {
  const { weekMinutes, contractMinutes, findings } = candidate;
  return (
    <li>
      <span className={styles.who}>
        <bdi>{driverNameOf(candidate)}</bdi> <span className={styles.quiet}>{candidate.driverNumber}</span>
      </span>
      <Button
        size="compact-xs"
        variant="default"
        disabled={giving}
        onClick={onPick}
        aria-label={`Put on ${driverNameOf(candidate)}`}
      >
        Put on
      </Button>
      <span className={styles.quiet}>
        {showMinutes(weekMinutes)} of {showMinutes(contractMinutes)} this week
        {findings.map(({ message }) => ` · ${message}`)}
      </span>
    </li>
  );
};

const LeftOut = ({ candidates }: { candidates: readonly Candidate[] }) => (
  <details className={styles.leftOut}>
    <summary>{candidates.length} left out, and why</summary>
    <ul>
      {candidates.map((candidate) => (
        <li key={candidate.driverId}>
          <bdi>{driverNameOf(candidate)}</bdi>
          <span className={styles.quiet}>{candidate.findings.map(({ message }) => message).join(" ")}</span>
        </li>
      ))}
    </ul>
  </details>
);
