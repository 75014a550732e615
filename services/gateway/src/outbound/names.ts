import type { Client } from "@connectrpc/connect";
import type { EmployeeService } from "@headway/contracts/gen/headway/hr/v1/employee_service_pb";
import { under } from "@headway/service/circumstances";

/** What a screen shows for a person. */
export type Named = { readonly number: string; readonly name: string };

/** Names for the ids of employees, as far as there are any. */
export type Names = (ids: readonly string[]) => Promise<ReadonlyMap<string, Named>>;

const mostAsked = 5_000;
const mostKept = 50_000;
const keptMs = 60_000;

/**
 * Names from hr, remembered for a minute. Asked for by the gateway itself: whoever sees an id may see the name,
 * and has been allowed to see the thing that carries it.
 */
export const namesFrom = (employees: Client<typeof EmployeeService>, now: () => number = Date.now): Names => {
  const kept = new Map<string, Named & { readonly until: number }>();

  const ask = async (ids: readonly string[]): Promise<void> => {
    const self = { caller: { kind: "service", name: "gateway" }, deadline: null } as const;
    const { employees: named } = await under(self, () => employees.nameEmployees({ employeeIds: [...ids] }));
    if (kept.size + named.length > mostKept) kept.clear();
    const until = now() + keptMs;
    for (const { employeeId, number, givenName, familyName } of named)
      kept.set(employeeId, { number, name: `${givenName} ${familyName}`, until });
  };

  return async (ids) => {
    const wanted = [...new Set(ids)].filter((id) => id !== "");
    const unknown = wanted.filter((id) => (kept.get(id)?.until ?? 0) <= now());
    for (let start = 0; start < unknown.length; start += mostAsked) await ask(unknown.slice(start, start + mostAsked));
    return new Map(
      wanted.flatMap((id) => {
        const named = kept.get(id);
        return named ? [[id, named] as const] : [];
      }),
    );
  };
};
