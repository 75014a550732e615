import { setTimeout as pause } from "node:timers/promises";
import { once, type Schemas, seen } from "headway/rehearse/headway";
import { isDone, type Line } from "../single-process/line.ts";

type PayPeriod = Schemas["PayPeriod"];

/** The days of a pay period. */
export type Week = { readonly firstDay: string; readonly lastDay: string };

/** The pay period of these days; opened where it is not there yet. */
export const periodOf = async (line: Line, { firstDay, lastDay }: Week): Promise<PayPeriod> => {
  const header = once();
  const body = { firstDay, lastDay };
  const { data: opened } = await line.call((headway) => headway.POST("/pay-periods", { params: { header }, body }));
  if (opened) return opened;
  const { data } = await line.call((headway) => headway.GET("/pay-periods", { params: { query: { limit: 500 } } }));
  const there = data?.items.find((period) => period.firstDay === firstDay);
  if (!there) throw new Error(`The period from ${firstDay} cannot be opened.`);
  return there;
};

/** Changes a period as it was seen, and asks again until there is an answer. True where it was acknowledged. */
export const order = async (line: Line, what: "close" | "reopen", { id, version }: PayPeriod): Promise<boolean> => {
  const params = { path: { payPeriodId: id }, header: seen(version) };
  return isDone(await line.call((headway) => headway.POST(`/pay-periods/{payPeriodId}/${what}`, { params })));
};

/** Milliseconds in which nobody disturbs a closing. */
const patience = 60_000;

export const untilState = async (line: Line, id: string, state: PayPeriod["state"]): Promise<PayPeriod> => {
  const params = { path: { payPeriodId: id } };
  for (const until = performance.now() + patience; ; await pause(100)) {
    const { data } = await line.call((headway) => headway.GET("/pay-periods/{payPeriodId}", { params }));
    if (data?.state === state) return data;
    if (performance.now() > until) throw new Error(`The period is ${data?.state}, not ${state}: ${data?.waitingFor}`);
  }
};
