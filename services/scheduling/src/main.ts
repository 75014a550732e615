import { runAlone } from "@headway/service/run-alone";
import { scheduling } from "./container.ts";

await runAlone(scheduling);
