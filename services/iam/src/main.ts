import { runAlone } from "@headway/service/run-alone";
import { iam } from "./container.ts";

await runAlone(iam);
