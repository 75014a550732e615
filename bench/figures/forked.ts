import { fork } from "node:child_process";
import { once } from "node:events";

/** A script of ours in a process of its own. It ends with this one. */
export type Forked<Question, Answer> = {
  /** One question at a time. Throws where the process ended instead of answering. */
  readonly ask: (question: Question) => Promise<Answer>;
  readonly end: () => Promise<void>;
};

/** Starts a script that answers questions (see `answering`). */
export const forked = <Question extends object, Answer>(script: URL): Forked<Question, Answer> => {
  const child = fork(script, { stdio: ["ignore", "inherit", "inherit", "ipc"], serialization: "advanced" });
  const gone = once(child, "exit");
  return {
    async ask(question) {
      const answered = once(child, "message");
      child.send(question);
      const [answer] = await Promise.race([
        answered,
        gone.then(() => {
          throw new Error(`${script.pathname} ended before it answered.`);
        }),
      ]);
      return answer;
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
    void answer(question).then((said) => process.send?.(said));
  });
  process.once("disconnect", () => process.exit());
};
