import { startServers } from "../src/servers.ts";

// A process of its own, since a process looks for a Docker engine but once: argv is the folder. It prints the address.
const [folder = ""] = process.argv.slice(2);
const servers = await startServers({ redis: true, folder, durable: false });
console.log(servers.redisUrl);
await servers.discard();
