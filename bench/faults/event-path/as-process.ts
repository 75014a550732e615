import type { Order, Word } from "./words.ts";

/** What a process was started with. */
export const givenSettings = <Settings>(): Settings => JSON.parse(process.argv[2] ?? "null") as Settings;

/** Tells the campaign. */
export const tell = (word: Word): void => void process.send?.(word);

/** Hands on what the campaign orders. The process ends with the campaign. */
export const obey = (act: (order: Order) => void): void => {
  process.on("message", (order: Order) => act(order));
  process.on("disconnect", () => process.exit(1));
};

/** Ends the process once `stop` is through. */
export const endAfter = (stop: () => Promise<unknown>): void => {
  stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      process.exit(1);
    },
  );
};
