import { runAlone } from "@headway/service/run-alone";

await runAlone(async () => (await import("./container.ts")).iam);
