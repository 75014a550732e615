import { conflict, type Finding } from "@headway/kernel/domain-error";
import type { DepotId } from "@headway/kernel/ids";
import type { PlainDate } from "@headway/kernel/time";
import type { LineCode, ServiceId, Terminal } from "../ids.ts";
import type { Run } from "../run/run.ts";
import { type PlannedWork, workOn } from "./duty.ts";

/** What a plan takes from a feed, beside its runs. */
export type PlannedFeed = {
  readonly zone: string;
  /** The depot of each line that has one. */
  readonly depots: ReadonlyMap<LineCode, DepotId>;
  readonly names: ReadonlyMap<Terminal, string>;
};

type ActiveDay = { readonly date: PlainDate; readonly services: readonly ServiceId[] };

/** The work of some days: each run of each service that is active. Refused with `plan.line-without-depot`, naming the lines. */
export const workOf = (
  { zone, depots, names }: PlannedFeed,
  days: readonly ActiveDay[],
  runs: readonly Run[],
): PlannedWork[] => {
  const homeless = [...new Set(runs.map(({ line }) => line).filter((line) => !depots.has(line)))];
  if (homeless.length > 0) throw lineWithoutDepot(homeless);
  const byService = Map.groupBy(runs, ({ service }) => service);
  const nameOf = (terminal: Terminal): string => names.get(terminal) ?? terminal;
  return days.flatMap(({ date, services }) =>
    services
      .flatMap((service) => byService.get(service) ?? [])
      .flatMap((run) => {
        const depot = depots.get(run.line);
        return depot ? [workOn(run, date, { depot, zone, nameOf })] : [];
      }),
  );
};

const lineWithoutDepot = (lines: readonly LineCode[]) => {
  const slug = "plan.line-without-depot";
  const findings = lines.map((line): Finding => ({ field: "lines", slug, message: `Line ${line} has no depot.` }));
  return conflict(slug, `Say which depot runs ${lines.join(", ")} before its duties are planned.`, { findings });
};
