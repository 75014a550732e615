import type { DriverId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { Command, Tx } from "@headway/kernel/tx";
import type { ContractTold } from "../model/facts.ts";
import { type DriverWeek, weekOf } from "../model/week.ts";

export type TakeContractNeeds = {
  readonly drivers: { lock(tx: Tx, drivers: readonly DriverId[]): Promise<void> };
  readonly facts: { keepContract(tx: Tx, contract: ContractTold): Promise<void> };
  readonly weeks: {
    /** The driver's weeks with work, from a Monday on. */
    from(tx: Tx, driver: DriverId, monday: PlainDate): Promise<readonly DriverWeek[]>;
  };
  readonly recalculateWeeks: Command<readonly DriverWeek[], void>;
};

/** Terms were agreed: the driver's weeks from then on may be worth something else. */
export const takeContract =
  ({ drivers, facts, weeks, recalculateWeeks }: TakeContractNeeds): Command<ContractTold, void> =>
  async (tx, contract) => {
    await drivers.lock(tx, [contract.driver]);
    await facts.keepContract(tx, contract);
    await recalculateWeeks(tx, await weeks.from(tx, contract.driver, weekOf(contract.from).from));
  };
