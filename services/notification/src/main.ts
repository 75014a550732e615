import { runAlone } from "@headway/service/run-alone";
import { notification } from "./container.ts";

await runAlone(notification);
