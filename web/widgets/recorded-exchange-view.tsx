import type { ReactElement } from "react";
import type { RecordedExchange, RecordedMessage } from "../../src/model/recorded-exchange.ts";
import { count } from "./format.ts";

/** The exchange as recorded: credentials are fingerprints, sensitive values are masked. */
export function RecordedExchangeView(props: { readonly exchange: RecordedExchange }): ReactElement {
  const { request, response, durationMs, aborted } = props.exchange;
  const answer =
    response === undefined
      ? noAnswer(aborted)
      : `${response.status}${durationMs === undefined ? "" : ` in ${durationMs.toFixed(1)} ms`}`;
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Message
        title="Request"
        start={`${request.method} ${request.url} HTTP/${request.httpVersion}`}
        message={request}
      />
      <Message title="Response" start={answer} message={response ?? { headers: [] }} />
    </div>
  );
}

function noAnswer(aborted: RecordedExchange["aborted"]): string {
  if (aborted === "client") return "The client gave up before it was answered.";
  if (aborted === "upstream") return "The API gave up before it had answered.";
  return "No answer of the API is recorded.";
}

function Message(props: {
  readonly title: string;
  readonly start: string;
  readonly message: RecordedMessage;
}): ReactElement {
  const { headers, body, bodyBytesTotal } = props.message;
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-xs font-medium text-mute">
        {props.title}
        {bodyBytesTotal !== undefined && `, body of ${count(bodyBytesTotal)} bytes`}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <pre className="code-block max-h-96 overflow-y-auto" tabIndex={0}>
        <span className="font-semibold">{props.start}</span>
        {headers.map(([name, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: header lines repeat and keep their order
          <span key={at}>
            {"\n"}
            <span className="text-mute">{name}:</span> {value}
          </span>
        ))}
        {body !== undefined && `\n\n${body}`}
      </pre>
    </div>
  );
}
