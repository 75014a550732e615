import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { LiveConnection } from "../live/live-connection.ts";
import { setLiveState } from "../live/live-status.ts";
import { meQuery } from "../session/session-query.ts";
import { LiveDay } from "./live-day.ts";

/** Keeps a day live while it is on the screen. `depots` are ids; the list must stay the same object while it is the same. */
export const useLiveDay = (depots: readonly string[], serviceDate: string): void => {
  const client = useQueryClient();
  useEffect(() => {
    if (depots.length === 0) return;
    const day = new LiveDay(client, { depots, serviceDate });
    const query = new URLSearchParams({ day: serviceDate });
    const [only, ...others] = depots;
    if (only !== undefined && others.length === 0) query.set("depot", only);
    const connection = new LiveConnection(`/dispatcher/v1/live?${query}`, {
      onMessage: (message) => day.receive(message),
      onState: (state) => {
        setLiveState(state);
        // The browser does not say why a WebSocket was refused; if the session is over, this tells.
        if (state.kind === "down") void client.invalidateQueries({ queryKey: meQuery.queryKey });
      },
    });
    setLiveState({ kind: "connecting", since: Date.now() });
    return () => {
      connection.close();
      day.end();
      setLiveState(null);
    };
  }, [client, depots, serviceDate]);
};
