import { writeFileSync } from "node:fs";
import { asyncApi, asyncApiPath } from "./asyncapi.ts";

/** Writes openapi/asyncapi.yaml anew; `npm run check` says when that is due. */
writeFileSync(asyncApiPath, asyncApi(process.cwd()));
