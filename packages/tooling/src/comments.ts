import type { DescEnum, DescField, DescMessage } from "@bufbuild/protobuf";

type Described = DescMessage | DescEnum | DescField;

/** The comment before a message, an enum or a field in its .proto file, in one line; undefined where there is none. */
export const commentOf = (described: Described): string | undefined => {
  const { file } = described.kind === "field" ? described.parent : described;
  const path = pathOf(described).join();
  const found = file.proto.sourceCodeInfo?.location.find((location) => location.path.join() === path);
  return found?.leadingComments.trim().replaceAll(/\s*\n\s*/g, " ") || undefined;
};

// The numbers of the fields in descriptor.proto by which a source location names its place.
const pathOf = (described: Described): readonly number[] => {
  const { kind, parent } = described;
  if (kind === "field") return [...pathOf(parent), 2, parent.proto.field.indexOf(described.proto)];
  const { proto } = described.file;
  if (kind === "message")
    return parent
      ? [...pathOf(parent), 3, parent.proto.nestedType.indexOf(described.proto)]
      : [4, proto.messageType.indexOf(described.proto)];
  return parent
    ? [...pathOf(parent), 4, parent.proto.enumType.indexOf(described.proto)]
    : [5, proto.enumType.indexOf(described.proto)];
};
