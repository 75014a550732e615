import { runAlone } from "@headway/service/run-alone";
import { planning } from "./container.ts";

await runAlone(planning);
