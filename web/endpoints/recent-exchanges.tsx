import type { ReactElement } from "react";
import type { RecordedExchange } from "../../src/model/recorded-exchange.ts";
import { timeAgo } from "../widgets/format.ts";
import { RecordedExchangeView } from "../widgets/recorded-exchange-view.tsx";

/** The latest exchanges, each folded to one line until somebody wants to read it. */
export function RecentExchanges(props: {
  readonly exchanges: readonly RecordedExchange[];
}): ReactElement {
  return (
    <ul className="grid gap-1">
      {props.exchanges.map((exchange) => (
        <li key={exchange.id}>
          <details>
            <summary className="cursor-pointer rounded px-1 py-0.5 hover:bg-sunken">
              <span className="font-mono text-xs break-all">
                {exchange.response?.status ?? "–"} {exchange.request.method} {exchange.request.url}
              </span>{" "}
              <span className="text-xs whitespace-nowrap text-mute">
                {timeAgo(exchange.timeMs)}
              </span>
            </summary>
            <div className="py-2">
              <RecordedExchangeView exchange={exchange} />
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
