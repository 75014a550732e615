import { runAlone } from "@headway/service/run-alone";
import { accounting } from "./container.ts";

await runAlone(accounting);
