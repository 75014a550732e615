import { runAlone } from "@headway/service/run-alone";
import { hr } from "./container.ts";

await runAlone(hr);
