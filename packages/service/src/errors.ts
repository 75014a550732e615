import { Code, ConnectError } from "@connectrpc/connect";
import { RefusalSchema } from "@headway/contracts/gen/headway/common/v1/refusal_pb";
import { DomainError, type ErrorKind } from "@headway/kernel/domain-error";

/** The one map from refusals to both protocols. Everything else is an internal error. */
export const codes: Record<ErrorKind, { readonly connect: Code; readonly http: number }> = {
  invalid: { connect: Code.InvalidArgument, http: 400 },
  denied: { connect: Code.PermissionDenied, http: 403 },
  missing: { connect: Code.NotFound, http: 404 },
  conflict: { connect: Code.FailedPrecondition, http: 409 },
  stale: { connect: Code.Aborted, http: 412 },
  unavailable: { connect: Code.Unavailable, http: 503 },
};

const isKind = (text: string): text is ErrorKind => text in codes;

/** A refusal as a Connect error that carries all of it. */
export const toConnectError = (refusal: DomainError): ConnectError =>
  new ConnectError(refusal.message, codes[refusal.kind].connect, undefined, [
    {
      desc: RefusalSchema,
      value: {
        kind: refusal.kind,
        slug: refusal.slug,
        findings: [...refusal.findings],
        retryAfter: refusal.retryAfter ?? 0,
      },
    },
  ]);

/** The refusal out of a Connect error; an unreachable or overloaded service is one too. Null for internal errors. */
export const toDomainError = (error: ConnectError): DomainError | null => {
  const [refusal] = error.findDetails(RefusalSchema);
  if (refusal && isKind(refusal.kind))
    return new DomainError(refusal.kind, refusal.slug, error.rawMessage, {
      findings: refusal.findings,
      ...(refusal.retryAfter > 0 ? { retryAfter: refusal.retryAfter } : {}),
    });
  if (lost.includes(error.code))
    return new DomainError("unavailable", "service.unavailable", "A part of Headway does not answer. Try again soon.", {
      retryAfter: 2,
    });
  return null;
};

// A line that is cut in mid-call shows as cancelled or aborted; Headway itself cancels no call.
const lost: readonly Code[] = [Code.Unavailable, Code.DeadlineExceeded, Code.Canceled, Code.Aborted];
