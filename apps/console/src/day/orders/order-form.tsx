import { Button } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import styles from "./orders.module.css";
import { Refused } from "./refused.tsx";

type Props = {
  readonly title: string;
  readonly children: ReactNode;
  /** What the button says; left out where the form has buttons of its own. */
  readonly doIt?: string;
  readonly giving: boolean;
  readonly refused: string | null;
  readonly onGive: (fields: FormData) => void;
  /** Left out where there is nothing to go back to. */
  readonly onBack?: () => void;
};

/** An order that is about to be given: what it means, what it needs to know, and the way back. */
export const OrderForm = ({ title, children, doIt, giving, refused, onGive, onBack }: Props) => {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("[data-autofocus]")?.focus(), []);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onGive(new FormData(event.currentTarget));
  };
  const leave = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || onBack === undefined) return;
    event.preventDefault();
    onBack();
  };
  return (
    <form ref={form} className={styles.form} aria-label={title} onSubmit={submit} onKeyDown={leave}>
      <h3>{title}</h3>
      {children}
      <Refused why={refused} />
      <div className={styles.buttons}>
        {doIt !== undefined && (
          <Button type="submit" size="compact-md" loading={giving} data-autofocus>
            {doIt}
          </Button>
        )}
        {onBack !== undefined && (
          <Button type="button" size="compact-md" variant="default" onClick={onBack}>
            Back
          </Button>
        )}
      </div>
    </form>
  );
};
