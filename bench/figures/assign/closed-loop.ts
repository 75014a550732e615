/** So many clients, each of which begins its next call when it has the answer of the last. */
export type Load = { readonly clients: number; readonly seconds: number };

/** Calls a second. Each call gets a number of its own, from 0; a failure ends the measuring. */
export const closedLoop = async (
  { clients, seconds }: Load,
  call: (number: number) => Promise<unknown>,
): Promise<{ readonly perSecond: number; readonly calls: number }> => {
  const began = performance.now();
  const until = began + seconds * 1000;
  let calls = 0;
  const client = async (): Promise<void> => {
    while (performance.now() < until) await call(calls++);
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { perSecond: (calls * 1000) / (performance.now() - began), calls };
};
