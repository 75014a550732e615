import { runAlone } from "@headway/service/run-alone";
import { dispatch } from "./container.ts";

await runAlone(dispatch);
