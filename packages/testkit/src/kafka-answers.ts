import { connect } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Resolves when the broker at `host:port` is of use: it names a living broker in its metadata, and knows who coordinates
 * groups. The topic behind the latter is made at the first such question, and takes longer than clients are patient.
 * @throws Error when it is not after `within` milliseconds
 */
export const kafkaAnswers = async (address: string, within: number): Promise<void> => {
  const patience = Date.now() + within;
  for (;;) {
    if ((await hasBroker(address)) && (await hasCoordinator(address))) return;
    if (Date.now() > patience) throw new Error(`Kafka at ${address} was not ready for clients within ${within} ms`);
    await pause(50);
  }
};

/** Size, correlation id, throttle time, length of the array of brokers: four bytes each. */
const hasBroker = async (address: string): Promise<boolean> =>
  await ask(address, metadataOfNoTopic, 16).then(
    (answer) => answer.readInt32BE(12) > 0,
    () => false,
  );

/** Size, correlation id, throttle time: four bytes each; then two of the error, zero for none. */
const hasCoordinator = async (address: string): Promise<boolean> =>
  await ask(address, coordinatorOfAGroup, 14).then(
    (answer) => answer.readInt16BE(12) === 0,
    () => false,
  );

/** Sends one request on a connection of its own, and answers its first `enough` bytes or more. */
const ask = async (address: string, request: Buffer, enough: number): Promise<Buffer> =>
  await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(`kafka://${address}`);
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = Buffer.alloc(0);
    socket.setTimeout(2_000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (chunk: Buffer) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length < enough) return;
      resolve(answer);
      socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("closed")));
  });

/** A request of Kafka's protocol, behind its size. */
const requestOf = (key: number, version: number, body: Buffer): Buffer => {
  const client = Buffer.from("headway");
  const header = Buffer.alloc(14);
  header.writeInt32BE(10 + client.length + body.length, 0);
  header.writeInt16BE(key, 4);
  header.writeInt16BE(version, 6);
  header.writeInt32BE(1, 8);
  header.writeInt16BE(client.length, 12);
  return Buffer.concat([header, client, body]);
};

/** Metadata of an empty list of topics, which may not be made. */
const metadataOfNoTopic = requestOf(3, 4, Buffer.from([0, 0, 0, 0, 0]));

/** The coordinator of the consumer group "h". */
const coordinatorOfAGroup = requestOf(10, 1, Buffer.from([0, 1, "h".charCodeAt(0), 0]));
