import { setTimeout as pause } from "node:timers/promises";
import { answerOf, everyPage, type Headway } from "../rehearse/headway.ts";

/** The driver of the demo metro as whom one can log in. */
export const demoDriver = { userName: "10001", password: "headway-demo-driver" } as const;

/** Milliseconds between two looks for the account that hiring opens. */
const lookEvery = 1_000;

/** Gives the demo's driver their first password; never another one. Waits for the account, until the signal. */
export const openDriverAccount = async (headway: Headway, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    const users = await everyPage(async (page) => answerOf(await headway.GET("/users", { params: { query: page } })));
    const driver = users.find(({ userName }) => userName === demoDriver.userName);
    if (driver === undefined) {
      await pause(lookEvery, undefined, { signal }).catch(() => {});
      continue;
    }
    if (driver.version > 1) return;
    const { password } = demoDriver;
    const params = { path: { userId: driver.id }, header: { "If-Match": `"${driver.version}"` } };
    answerOf(await headway.PUT("/users/{userId}/password", { params, body: { password } }));
    return;
  }
};
