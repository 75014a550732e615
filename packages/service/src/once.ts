import { create, type DescMethod, type DescService, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Level } from "@bufbuild/protobuf/wkt";
import type { HandlerContext, ServiceImpl } from "@connectrpc/connect";
import { DomainError } from "@headway/kernel/domain-error";
import { current, under } from "./circumstances.ts";
import { type KeyedCommand, keyIn } from "./command-key.ts";
import { type CommandsDone, doneBefore, usedBefore } from "./commands-done.ts";

type Handler = (said: unknown, context: HandlerContext) => Promise<Record<string, unknown>>;

/**
 * The operations of a service, of which each command that comes with a key takes effect once: whoever repeats it gets the
 * first answer, or `idempotency-key.done` where there is none to give. Reads stay as they are.
 */
export const once = <S extends DescService>(
  service: S,
  implementation: ServiceImpl<S>,
  done: CommandsDone,
): ServiceImpl<S> => {
  const handlers = implementation as Readonly<Record<string, Handler>>;
  const commands = service.methods.filter(isCommand).map((method) => {
    const handler = handlers[method.localName];
    if (!handler) throw new Error(`${service.typeName} has no ${method.localName}.`);
    return [method.localName, onceByKey(method, handler, done)] as const;
  });
  return { ...implementation, ...Object.fromEntries(commands) };
};

const isCommand = ({ idempotency, methodKind }: DescMethod): boolean =>
  idempotency !== Level.NO_SIDE_EFFECTS && (methodKind === "unary" || methodKind === "client_streaming");

const onceByKey =
  (method: DescMethod, handler: Handler, done: CommandsDone): Handler =>
  async (said, context) => {
    const key = keyIn(context.requestHeader);
    const circumstances = current();
    if (!key || !circumstances) return handler(said, context);
    const command = { ...key, operation: `${method.parent.typeName}/${method.name}` };
    try {
      const answer = create(method.output, await under({ ...circumstances, command }, () => handler(said, context)));
      if (!command.secretAnswer) done.keep(command, toBinary(method.output, answer));
      return answer;
    } catch (error) {
      return firstAnswer(method, command, done, error);
    }
  };

/** The first answer, where what failed is a repetition: it may be refused for what it has done itself, as that a name is taken. */
const firstAnswer = async (
  { output }: DescMethod,
  command: KeyedCommand,
  done: CommandsDone,
  error: unknown,
): Promise<Message> => {
  if (error instanceof DomainError && error.kind === "unavailable") throw error;
  const found = await done.find(command);
  if (!found) throw error;
  if (found.request !== command.request) throw usedBefore();
  if (!found.answer) throw doneBefore();
  return fromBinary(output, found.answer);
};
