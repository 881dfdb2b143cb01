import type { ReactElement } from "react";
import type { RecordedExchange, RecordedMessage } from "../../src/model/recorded-exchange.ts";
import { Panel } from "../widgets/panel.tsx";

/** The exchange as recorded: credentials are fingerprints, sensitive values are masked. */
export function RecordedExchangeView(props: { readonly exchange: RecordedExchange }): ReactElement {
  const { request, response, durationMs } = props.exchange;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Panel title="Request" aside="redacted">
        <Message
          start={`${request.method} ${request.url} HTTP/${request.httpVersion}`}
          message={request}
        />
      </Panel>
      {response !== undefined && (
        <Panel
          title="Response"
          aside={durationMs === undefined ? "redacted" : `${durationMs.toFixed(1)} ms, redacted`}
        >
          <Message start={`Status ${response.status}`} message={response} />
        </Panel>
      )}
    </div>
  );
}

function Message(props: {
  readonly start: string;
  readonly message: RecordedMessage;
}): ReactElement {
  const { headers, body } = props.message;
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return (
    <pre className="max-h-96 overflow-auto rounded bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">
      {[props.start, ...lines, ...(body === undefined ? [] : ["", body])].join("\n")}
    </pre>
  );
}
