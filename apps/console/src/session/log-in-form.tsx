import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { LogIn, TriangleAlert } from "lucide-react";
import { type FormEvent, useRef, useState } from "react";
import styles from "./log-in.module.css";
import { type LogInAdvice, logInAdvice } from "./log-in-advice.ts";
import { logIn, meQuery } from "./session-query.ts";
import { useCountdown } from "./use-countdown.ts";

/** User name and password; calls back once the session is open. */
export const LogInForm = ({ onLoggedIn }: { onLoggedIn: () => void }) => {
  const client = useQueryClient();
  const password = useRef<HTMLInputElement>(null);
  const [deadline, setDeadline] = useState<number | null>(null);
  const attempt = useMutation({
    mutationFn: logIn,
    onSuccess: (me) => {
      client.clear();
      client.setQueryData(meQuery.queryKey, me);
      onLoggedIn();
    },
    onError: (error) => {
      const { wait } = logInAdvice(error);
      setDeadline(wait === null ? null : Date.now() + wait * 1000);
      password.current?.select();
    },
  });
  const advice = attempt.isError ? logInAdvice(attempt.error) : null;
  const left = useCountdown(deadline);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    attempt.mutate({ userName: String(fields.get("userName")).trim(), password: String(fields.get("password")) });
  };
  return (
    <form onSubmit={submit} className={styles.form} aria-describedby={advice === null ? undefined : "log-in-advice"}>
      <TextInput
        name="userName"
        label="User name"
        autoComplete="username"
        autoFocus
        required
        withAsterisk={false}
        size="md"
        maxLength={200}
      />
      <PasswordInput
        ref={password}
        name="password"
        label="Password"
        autoComplete="current-password"
        required
        withAsterisk={false}
        size="md"
        maxLength={128}
      />
      <Button type="submit" size="md" loading={attempt.isPending} disabled={left > 0} leftSection={<LogIn size={16} />}>
        {left > 0 ? `Log in again in ${left} s` : "Log in"}
      </Button>
      <div role="alert">{advice !== null && <Advice advice={advice} />}</div>
    </form>
  );
};

const Advice = ({ advice }: { advice: LogInAdvice }) => (
  <div id="log-in-advice" className={styles.advice} data-state={advice.wait === null ? "missed" : "late"}>
    <TriangleAlert size={16} aria-hidden="true" />
    <p>
      <strong>{advice.what}</strong> {advice.remedy}
    </p>
  </div>
);
