import { connect } from "node:net";
import type { Servers } from "@headway/testkit/servers";

type Watched = { readonly name: string; readonly host: string; readonly port: number; misses: number };

const everyMs = 1000;
/** Misses in a row before it is said: a server that is started again needs a few seconds. */
const patience = 8;

/** Says in one line when a server of the stack answers no more, and when it is back. Answers how to stop watching. */
export const watchServers = (
  { postgresUrl, redisUrl, brokers }: Servers,
  say: (line: string) => void,
): (() => void) => {
  const watched = [
    at("PostgreSQL", postgresUrl),
    at("Redis", redisUrl),
    ...brokers.map((broker) => at("Kafka", `kafka://${broker}`)),
  ];
  const look = async (server: Watched): Promise<void> => {
    const was = server.misses;
    server.misses = (await answers(server)) ? 0 : was + 1;
    if (server.misses === patience)
      say(`${server.name} does not answer. Nothing acknowledged is lost: Headway goes on as soon as it answers again.`);
    if (was >= patience && server.misses === 0) say(`${server.name} answers again.`);
  };
  const timer = setInterval(() => void Promise.all(watched.map(look)), everyMs);
  return () => clearInterval(timer);
};

const at = (name: string, url: string): Watched => {
  const { hostname, port } = new URL(url);
  return { name, host: hostname, port: Number(port), misses: 0 };
};

const answers = ({ host, port }: Watched): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: everyMs });
    const end = (answered: boolean) => () => {
      socket.destroy();
      resolve(answered);
    };
    socket.once("connect", end(true)).once("error", end(false)).once("timeout", end(false));
  });
