import { runAlone } from "../../src/run-alone.ts";
import { tinyService } from "./tiny.ts";

await runAlone(tinyService(process.env.TINY_NAME ?? "tiny"));
