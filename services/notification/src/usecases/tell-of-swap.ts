import type { Command, Tx } from "@headway/kernel/tx";
import type { NoticeKind } from "../model/notice.ts";
import { newsOfSwap, type SwapFact } from "../model/swap-news.ts";
import { type TellNeeds, tell } from "./tell.ts";

export type TellOfSwapInput = Omit<SwapFact, "accepted">;

export type TellOfSwapNeeds = TellNeeds & {
  readonly notices: { wasTold(tx: Tx, kind: NoticeKind, subject: string): Promise<boolean> };
};

/** Something became of a swap: whoever did not do it themselves finds it in their inbox. */
export const tellOfSwap = (needs: TellOfSwapNeeds): Command<TellOfSwapInput, void> => {
  const { notices } = needs;
  const spread = tell(needs);
  return async (tx, fact) => {
    const accepted = await notices.wasTold(tx, "swap-accepted", fact.swap);
    await spread(tx, { deliver: newsOfSwap({ ...fact, accepted }), takeBack: [] });
  };
};
