import { CannotStart } from "../host/cannot-start.ts";
import { connect, type Headway } from "../rehearse/headway.ts";

/** The Headway that the environment names. */
export const runningHeadway = (environment: NodeJS.ProcessEnv): Headway => {
  const { HEADWAY_URL: url = "http://127.0.0.1:8080", HEADWAY_KEY: key } = environment;
  if (!key)
    throw new CannotStart(
      "HEADWAY_KEY is not set. Set it to an API key of an administrator's service account; HEADWAY_URL says where Headway is.",
    );
  return connect(url.replace(/\/+$/, ""), key);
};
