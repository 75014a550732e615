import type { Corruption } from "./corruptions/corruption.ts";
import { ofPay } from "./corruptions/of-pay.ts";
import { ofPeople } from "./corruptions/of-people.ts";
import { ofWork } from "./corruptions/of-work.ts";

// Each touches one row, so that one row is what must be found.
export const corruptions: readonly Corruption[] = [...ofPeople, ...ofWork, ...ofPay];
