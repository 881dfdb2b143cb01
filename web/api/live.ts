import type { QueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** Lists that a new decision changes are asked for again at most this often. */
const refreshMs = 2_000;
const reconnectMs = 5_000;

/** Keeps overview and lists current over server-sent events; false while there is no connection. */
export function useLive(client: QueryClient): boolean {
  const [isLive, setIsLive] = useState(true);
  useEffect(() => keepConnected(client, setIsLive), [client]);
  return isLive;
}

/** Connects, and again after every loss, until the returned function is called. */
function keepConnected(client: QueryClient, onChange: (isLive: boolean) => void): () => void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  let refreshedMs = 0;

  const refreshLists = (): void => {
    if (Date.now() - refreshedMs < refreshMs) return;
    refreshedMs = Date.now();
    for (const queryKey of [["decisions"], ["incidents"]]) {
      void client.invalidateQueries({ queryKey });
    }
  };
  const connect = (): void => {
    const opened = new EventSource("/api/live");
    source = opened;
    opened.addEventListener("open", () => onChange(true));
    opened.addEventListener("overview", (event) => {
      client.setQueryData(["overview"], JSON.parse(event.data));
    });
    opened.addEventListener("decision", refreshLists);
    opened.addEventListener("error", () => {
      onChange(false);
      // The session may be what is gone.
      void client.invalidateQueries({ queryKey: ["session"] });
      // The browser itself comes back after a lost connection, but not after a refusal.
      if (opened.readyState === EventSource.CLOSED) timer = window.setTimeout(connect, reconnectMs);
    });
  };
  connect();
  return () => {
    source?.close();
    window.clearTimeout(timer);
  };
}
