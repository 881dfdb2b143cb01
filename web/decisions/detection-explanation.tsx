import type { ReactElement } from "react";
import type { Detection } from "../../src/model/detection.ts";
import { ConfidenceBadge } from "../widgets/badges.tsx";
import { words } from "../widgets/format.ts";
import { Panel } from "../widgets/panel.tsx";

/** One detection as a story: what arrived, what it decodes to, which part decided, and why. */
export function DetectionExplanation({
  detection,
}: {
  readonly detection: Detection;
}): ReactElement {
  return (
    <Panel
      title={words(detection.detector)}
      aside={<ConfidenceBadge confidence={detection.confidence} />}
    >
      <p className="mb-3 text-base">{detection.explanation}</p>
      <p className="mb-1 text-mute">{placeOf(detection)}</p>
      <ol className="grid gap-2">
        {detection.steps.slice(0, -1).map((step) => (
          <li key={`${step.decoding} ${step.value}`}>
            <Step label={words(step.decoding)} text={step.value} />
          </li>
        ))}
        <li>
          <p className="text-xs text-mute">
            {detection.steps.length > 0
              ? `${words(detection.steps.at(-1)?.decoding ?? "")} → as the application reads it`
              : "As the application reads it"}
          </p>
          <MarkedValue detection={detection} />
        </li>
      </ol>
    </Panel>
  );
}

function Step(props: { readonly label: string; readonly text: string }): ReactElement {
  return (
    <>
      <p className="text-xs text-mute">{props.label} →</p>
      <pre className="overflow-x-auto rounded bg-sunken px-3 py-2 font-mono text-[13px] break-all whitespace-pre-wrap">
        {props.text}
      </pre>
    </>
  );
}

/** The value with the deciding part marked; the offsets are of the whole value, which may be cut. */
function MarkedValue({ detection }: { readonly detection: Detection }): ReactElement {
  const { value, evidence, span } = detection;
  const at = value.startsWith(evidence, span.start) ? span.start : value.indexOf(evidence);
  return (
    <pre
      data-testid="value"
      className="overflow-x-auto rounded bg-sunken px-3 py-2 font-mono text-[13px] break-all whitespace-pre-wrap"
    >
      {at < 0 ? (
        value
      ) : (
        <>
          {value.slice(0, at)}
          <mark className="rounded bg-bad px-0.5 text-panel">{evidence}</mark>
          {value.slice(at + evidence.length)}
        </>
      )}
    </pre>
  );
}

function placeOf({ location, name, part }: Detection): string {
  const place: Readonly<Record<Detection["location"], string>> = {
    path: `In path segment ${name}`,
    query: `In query parameter ${name}`,
    header: `In header ${name}`,
    cookie: `In cookie ${name}`,
    body: `In the body at ${name}`,
  };
  return part === "name" ? `${place[location]} (the name itself)` : place[location];
}
