import { create, type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { TimestampSchema } from "@bufbuild/protobuf/wkt";

export const sampleId = "019348e2-6b1c-7c31-8a44-5f0e1c3b9d20";
export const sampleAt = "2026-11-21T04:05:00Z";

/** A message with every field set to something that it might hold. */
export const sampleOf = (desc: DescMessage): Message => {
  if (desc.typeName === TimestampSchema.typeName)
    return create(TimestampSchema, { seconds: BigInt(Date.parse(sampleAt) / 1000) });
  return create(desc, Object.fromEntries(desc.fields.map((field) => [field.localName, fieldOf(field)])));
};

const fieldOf = (field: DescField): unknown => {
  switch (field.fieldKind) {
    case "scalar":
      return scalarOf(field.scalar, field.name);
    case "enum":
      return field.enum.values[1]?.number;
    case "message":
      return sampleOf(field.message);
    case "list":
      if (field.listKind === "message") return [sampleOf(field.message)];
      return [field.listKind === "enum" ? field.enum.values[1]?.number : scalarOf(field.scalar, field.name)];
    case "map":
      return { EUR: field.mapKind === "scalar" ? scalarOf(field.scalar, field.name) : undefined };
  }
};

const scalarOf = (scalar: ScalarType, name: string): unknown => {
  switch (scalar) {
    case ScalarType.STRING:
      return textOf(name);
    case ScalarType.BOOL:
      return true;
    case ScalarType.BYTES:
      return new TextEncoder().encode("batch_id,employee_no\n");
    case ScalarType.INT64:
      return 7n;
    default:
      return 7;
  }
};

const texts: readonly (readonly [RegExp, string])[] = [
  [/^(run|block|trip|service|rule|line)_id$|^run_ids$|^trip_ids$/, "A-1"],
  [/(^|_)ids?$|^missed_by$|^requested_(by|of)$/, sampleId],
  [/_date$|_day$|_on$|^valid_from$|^valid_until$/, "2026-11-21"],
  [/^currency$/, "EUR"],
  [/^rules$/, "{}"],
  [/^time_zone$/, "Europe/Paris"],
  [/^next$/, "more"],
];

const textOf = (name: string): string =>
  name === "line_id" ? sampleId : (texts.find(([form]) => form.test(name))?.[1] ?? name);
