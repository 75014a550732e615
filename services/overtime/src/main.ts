import { runAlone } from "@headway/service/run-alone";
import { overtime } from "./container.ts";

await runAlone(overtime);
