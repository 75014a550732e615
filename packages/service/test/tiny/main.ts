import { runAlone } from "../../src/run-alone.ts";
import { tinyService } from "./tiny.ts";

await runAlone(async () => tinyService(process.env.TINY_NAME ?? "tiny"));
