import { join } from "node:path";
import { migrate } from "@headway/postgres/migrate";
import { scheduling } from "@headway/scheduling/container";
import { migrationsOf } from "@headway/service/host-service";
import { databaseUrl, ensureDatabase, onServer } from "@headway/testkit/databases";
import { type HeadwayChild, startChild } from "headway/host/child";
import { connect } from "headway/rehearse/headway";
import { quiet } from "headway/rehearse/quiet";
import { postgresOf } from "../../frame/postgres-of.ts";
import { fill } from "../metro/fill.ts";
import { inHr } from "../metro/in-hr.ts";
import { inScheduling } from "../metro/in-scheduling.ts";
import type { Load } from "./closed-loop.ts";
import { edgeOf } from "./edge.ts";
import { type InsideProcess, startInside } from "./inside.ts";
import { findPgbench, pgbench } from "./pgbench.ts";
import { dutiesOf, openDepot } from "./shape.ts";

/** Where all three assign, on one PostgreSQL: that of the Headway whose edge is measured. */
export type AssignStage = {
  readonly pgbench: (load: Load) => Promise<number>;
  readonly inside: (load: Load) => Promise<number>;
  readonly edge: (load: Load) => Promise<number>;
  readonly noteInside: string;
  /** Throws where an event of the edge's assignments was parked. */
  readonly mustBeWhole: () => Promise<void>;
  readonly strike: () => Promise<void>;
};

const drivers = 2_000;
const weeks = 8;
const [template, copy] = ["bench_assign", "bench_assign_copy"];

export const setUp = async (folder: string, say: (line: string) => void): Promise<AssignStage> => {
  await findPgbench();
  // What is measured is not how often one may call.
  const environment = { HEADWAY_LIMIT_MACHINE: "1000000/1" };
  const headway = await startChild({ folder: join(folder, "headway"), asked: ["start", "--empty"], environment });
  const service = startInside();
  const strike = async (): Promise<void> => {
    await service.stop();
    await headway.end("SIGTERM");
  };
  try {
    return await stageOf({ folder, headway, service, strike }, say);
  } catch (error) {
    await strike();
    throw error;
  }
};

type Standing = {
  readonly folder: string;
  readonly headway: HeadwayChild;
  readonly service: InsideProcess;
  readonly strike: () => Promise<void>;
};

const stageOf = async (
  { folder, headway, service, strike }: Standing,
  say: (line: string) => void,
): Promise<AssignStage> => {
  const shape = openDepot(drivers, weeks);
  const known = { drivers, duties: dutiesOf(shape) };
  say(`${known.duties} open duties of ${drivers} drivers`);
  const server = await postgresOf(join(folder, "headway"));
  await fill(databaseUrl(server, "headway_scheduling"), inScheduling(shape));
  await fill(databaseUrl(server, "headway_hr"), inHr(shape));
  const filled = await ensureDatabase(server, template);
  await migrate(filled, migrationsOf(scheduling));
  await fill(filled, inScheduling(shape));
  const watched = await service.watch({ ...known, databaseUrl: await fresh(server) });
  const edge = edgeOf(headway, known);
  const settled = () => quiet(connect(headway.url, headway.key));
  return {
    pgbench: async ({ clients, seconds }) =>
      pgbench({ databaseUrl: await fresh(server), folder, script: watched.script, clients, until: { seconds } }),
    inside: async (load) => service.rate({ ...known, databaseUrl: await fresh(server) }, load),
    async edge(load) {
      const perSecond = await edge.rate(load);
      // What the assignments set off must not weigh on the next measuring.
      await settled();
      return perSecond;
    },
    noteInside: `${watched.statements} statements, ${watched.roundTrips} round trips to the database. The clients are in the service's own process and come through its door; it publishes its events beside. pgbench is a process too and publishes nothing. All assign in one roster, whose row is locked from the first look at it until the commit.`,
    async mustBeWhole() {
      const parked = (await settled()).filter((flow) => flow.parked > 0);
      if (parked.length > 0) throw new Error(`Events were parked: ${JSON.stringify(parked)}`);
    },
    async strike() {
      edge.close();
      await strike();
    },
  };
};

/** A copy of the filled database, as it was; nobody may use it any more when the next is asked for. */
const fresh = async (server: string): Promise<string> => {
  await onServer(server, async (client) => {
    await client.query(`drop database if exists ${copy} with (force)`);
    await client.query(`create database ${copy} template ${template}`);
    // So that each measuring begins with an empty log to write behind it.
    await client.query("checkpoint");
  });
  return databaseUrl(server, copy);
};
