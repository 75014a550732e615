import { runAlone } from "@headway/service/run-alone";
import { reporting } from "./container.ts";

await runAlone(reporting);
