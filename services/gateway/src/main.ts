import { runAlone } from "@headway/service/run-alone";
import { gateway } from "./container.ts";

await runAlone(gateway);
