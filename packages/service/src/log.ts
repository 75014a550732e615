import { trace } from "@opentelemetry/api";
import { type DestinationStream, type Logger, pino } from "pino";

export type { Logger };

const secrets = ["password", "secret", "key", "apiKey", "token", "authorization", "cookie"];
const personal = ["givenName", "familyName", "email", "phone"];
const depths = ["", "*.", "*.*.", "*.*.*."];

/**
 * One line of JSON for each event, with the trace and the span it belongs to. ERROR means that a human must act.
 * Secrets and names of people are not written, down to three levels below the line.
 */
export const openLog = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      mixin: () => {
        const span = trace.getActiveSpan()?.spanContext();
        return span ? { trace: span.traceId, span: span.spanId } : {};
      },
      redact: [...secrets, ...personal].flatMap((name) => depths.map((depth) => depth + name)),
    },
    destination ?? pino.destination(1),
  );
