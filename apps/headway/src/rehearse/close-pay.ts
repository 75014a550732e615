import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as pause } from "node:timers/promises";
import type { Span } from "./cut-work.ts";
import { answerOf, type Headway, once, type Schemas, seen } from "./headway.ts";
import type { Phase } from "./progress.ts";

/** Milliseconds. */
const lookEvery = 100;
const patience = 120_000;

/** Opens a pay period and takes it all the way: calculated, exported to the file, taken by payroll, closed. */
export const closePay = async (
  headway: Headway,
  { from, to }: Span,
  file: string,
  phase: Phase,
): Promise<Schemas["PayPeriod"]> => {
  const body = { firstDay: from.toString(), lastDay: to.toString() };
  const open = answerOf(await headway.POST("/pay-periods", { params: { header: once() }, body }));
  const path = { payPeriodId: open.id };
  answerOf(await headway.POST("/pay-periods/{payPeriodId}/close", { params: { path, header: seen(open.version) } }));
  const exported = await untilExported(headway, open.id, phase);
  await writePayroll(headway, open.id, file);
  return answerOf(
    await headway.POST("/pay-periods/{payPeriodId}/acknowledge", { params: { path, header: seen(exported.version) } }),
  );
};

const untilExported = async (headway: Headway, payPeriodId: string, phase: Phase): Promise<Schemas["PayPeriod"]> => {
  const until = performance.now() + patience;
  const steps: readonly Schemas["PayPeriodState"][] = ["open", "frozen", "calculated", "exported"];
  for (;;) {
    const period = answerOf(await headway.GET("/pay-periods/{payPeriodId}", { params: { path: { payPeriodId } } }));
    if (period.state === "exported") return period;
    phase.advance(steps.indexOf(period.state), steps.length - 1, period.waitingFor ?? period.state);
    if (performance.now() > until)
      throw new Error(
        `The pay period is still ${period.state}, waiting for ${period.waitingFor ?? "nothing it names"}.`,
      );
    await pause(lookEvery);
  }
};

const writePayroll = async (headway: Headway, payPeriodId: string, file: string): Promise<void> => {
  const answer = await headway.GET("/pay-periods/{payPeriodId}/payroll", {
    params: { path: { payPeriodId } },
    parseAs: "stream",
  });
  const body = answerOf(answer);
  await pipeline(Readable.from(body), createWriteStream(file));
};
