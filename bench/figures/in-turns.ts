import { closedLoop } from "./assign/closed-loop.ts";

type Turns = {
  /** Each begins its next call when it has the answer of the last. */
  readonly clients: number;
  readonly repeats: number;
  readonly ours: (number: number) => Promise<unknown>;
  readonly peer: (number: number) => Promise<unknown>;
};

const turns = 8;
const seconds = 0.25;

/** Calls a second of both, one value a repeat; in short turns, so that what slows the machine for a while slows both. */
export const inTurns = async ({ clients, repeats, ours, peer }: Turns) => {
  const rates: { readonly ours: number[]; readonly peers: number[] } = { ours: [], peers: [] };
  for (const call of [ours, peer]) await closedLoop({ clients, seconds: 4 * seconds }, call);
  for (let repeat = 0; repeat < repeats; repeat++) {
    let [own, others] = [0, 0];
    for (let turn = 0; turn < turns; turn++) {
      own += (await closedLoop({ clients, seconds }, ours)).perSecond / turns;
      others += (await closedLoop({ clients, seconds }, peer)).perSecond / turns;
    }
    rates.ours.push(own);
    rates.peers.push(others);
  }
  return rates;
};
