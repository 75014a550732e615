import type { components } from "@headway/contracts/gen/openapi/dispatcher";
import { showMinutes } from "../../time/show-time.ts";

type Kind = components["schemas"]["SigningKind"];

/** How a signing at `at` stands to the plan of its duty (all epoch milliseconds): `9 min early`, `on time`; empty for a break. */
export const signedText = (
  kind: Kind,
  at: number,
  plan: { readonly starts: number; readonly ends: number },
): string => {
  if (kind !== "sign-on" && kind !== "sign-off") return "";
  const minutes = Math.trunc((at - (kind === "sign-on" ? plan.starts : plan.ends)) / 60_000);
  if (minutes === 0) return "on time";
  return `${showMinutes(minutes)} ${minutes < 0 ? "early" : "late"}`;
};
