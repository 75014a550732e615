import { fork } from "node:child_process";
import { once } from "node:events";

/** A script of ours in a process of its own. It ends with this one. */
export type Forked<Question, Answer> = {
  /** One question at a time. Throws where the answer failed there, or the process ended instead of answering. */
  readonly ask: (question: Question) => Promise<Answer>;
  readonly end: () => Promise<void>;
};

/** An error goes as its text: what hangs on it may not be fit to be sent. */
type Told<Answer> = { readonly said: Answer } | { readonly failed: string };

/** Starts a script that answers questions (see `answering`). */
export const forked = <Question extends object, Answer>(script: URL): Forked<Question, Answer> => {
  const child = fork(script, { stdio: ["ignore", "inherit", "inherit", "ipc"], serialization: "advanced" });
  const gone = once(child, "exit");
  return {
    async ask(question) {
      const answered = once(child, "message");
      child.send(question);
      const told: Told<Answer> = await Promise.race([
        answered.then(([message]) => message),
        gone.then(() => {
          throw new Error(`${script.pathname} ended before it answered.`);
        }),
      ]);
      if ("failed" in told) throw new Error(`${script.pathname} failed: ${told.failed}`);
      return told.said;
    },
    async end() {
      if (child.connected) child.disconnect();
      await gone;
    },
  };
};

/** For the script itself: answers each question; leaves when nobody can ask any more. */
export const answering = <Question, Answer>(answer: (question: Question) => Promise<Answer>): void => {
  process.on("message", (question: Question) => {
    const tell = (told: Told<Answer>): void => void process.send?.(told);
    answer(question).then(
      (said) => tell({ said }),
      (error: unknown) => tell({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  process.once("disconnect", () => process.exit());
};
