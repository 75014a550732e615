import {
  ImportState,
  type StaffImport as ProtoStaffImport,
} from "@headway/contracts/gen/headway/hr/v1/staff_import_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import { wordsOf } from "@headway/contracts/words";
import { ok, taken } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { type Bytes, handlersOf } from "../inbound/handlers.ts";
import { isoOf, orNull, present } from "./wire.ts";

type Schemas = components["schemas"];

export const staffImports = handlersOf<paths, Context>()({
  "POST /staff-imports": async ({ body, calls }) => {
    const staffImport = toStaffImport(present((await calls.staffImports.startStaffImport(parts(body))).import));
    return taken(staffImport, { location: `/staff-imports/${staffImport.id}` });
  },
  "GET /staff-imports/{importId}": async ({ path, calls }) =>
    ok(toStaffImport(present((await calls.staffImports.getStaffImport(path)).import))),
});

async function* parts(body: Bytes) {
  for await (const content of body) yield { content };
}

const states = wordsOf<Schemas["ImportState"], ImportState>({
  running: ImportState.RUNNING,
  done: ImportState.DONE,
  failed: ImportState.FAILED,
});

const toStaffImport = (staffImport: ProtoStaffImport): Schemas["StaffImport"] => ({
  id: staffImport.id,
  state: states.toWord(staffImport.state),
  rows: staffImport.rows,
  rowsDone: staffImport.rowsDone,
  hired: staffImport.hired,
  changed: staffImport.changed,
  unchanged: staffImport.unchanged,
  bad: staffImport.bad,
  findings: staffImport.findings.map(({ row, field, slug, message }) => ({ row, field: orNull(field), slug, message })),
  reason: orNull(staffImport.reason),
  startedAt: isoOf(present(staffImport.startedAt)),
});
