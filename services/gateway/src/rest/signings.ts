import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type Signing as ProtoSigning,
  SigningKind,
  SigningMatch,
  type SigningSchema,
  type SignResponse,
} from "@headway/contracts/gen/headway/dispatch/v1/signing_service_pb";
import type { components, paths } from "@headway/contracts/gen/openapi/dispatcher";
import type { paths as IntegrationPaths } from "@headway/contracts/gen/openapi/integration";
import { wordsOf } from "@headway/contracts/words";
import { ok } from "../inbound/answers.ts";
import type { Context } from "../inbound/context.ts";
import { handlersOf } from "../inbound/handlers.ts";
import type { Names } from "../outbound/names.ts";
import { toDayAssignment } from "./days.ts";
import { isoOf, orNull, present, timestampOf } from "./wire.ts";

type Schemas = components["schemas"];

export const signings = handlersOf<paths, Context>()({
  "POST /signings": async ({ body, calls, names }) =>
    ok(await toSignResult(await calls.signings.sign({ signing: toProtoSigning(body, "body/at") }), names)),
  "GET /drivers/{driverId}/signings": async ({ path, query, calls }) =>
    ok({ items: (await calls.signings.listSignings({ ...path, ...query })).signings.map(toSigning) }),
});

export const signingBatches = handlersOf<IntegrationPaths, Context>()({
  "POST /signings/batch": async ({ body, calls }) => {
    const { results } = await calls.signings.signBatch({
      signings: body.signings.map((signing, row) => toProtoSigning(signing, `body/signings/${row}/at`)),
    });
    return ok({
      results: results.map(({ signingId, match, slug, message }) => ({
        signingId,
        match: match === SigningMatch.UNSPECIFIED ? null : matches.toWord(match),
        slug: orNull(slug),
        message: orNull(message),
      })),
    });
  },
});

const kinds = wordsOf<Schemas["SigningKind"], SigningKind>({
  "sign-on": SigningKind.SIGN_ON,
  "sign-off": SigningKind.SIGN_OFF,
  "start-break": SigningKind.START_BREAK,
  "end-break": SigningKind.END_BREAK,
});
const matches = wordsOf<Schemas["SigningMatch"], SigningMatch>({
  matched: SigningMatch.MATCHED,
  early: SigningMatch.EARLY,
  late: SigningMatch.LATE,
  orphaned: SigningMatch.ORPHANED,
});

export const toProtoSigning = (
  { signingId, driverId, dutyId, kind, at }: Schemas["NewSigning"],
  field: string,
): MessageInitShape<typeof SigningSchema> => ({
  signingId,
  driverId,
  dutyId: dutyId ?? "",
  kind: kinds.toProto(kind),
  at: timestampOf(at, field),
});

export const toSigning = ({ signingId, driverId, dutyId, kind, at }: ProtoSigning): Schemas["Signing"] => ({
  signingId,
  driverId,
  dutyId: orNull(dutyId),
  kind: kinds.toWord(kind),
  at: isoOf(present(at)),
});

export const toSignResult = async (
  { match, dutyId, assignment }: SignResponse,
  names: Names,
): Promise<Schemas["SignResult"]> => ({
  match: matches.toWord(match),
  dutyId: orNull(dutyId),
  assignment: assignment ? toDayAssignment(assignment, await names([assignment.driverId])) : null,
});
