import type { ReactElement, ReactNode } from "react";
import type { Detection } from "../../src/model/detection.ts";
import { ConfidenceBadge } from "../widgets/badges.tsx";
import { words } from "../widgets/format.ts";
import { Panel } from "../widgets/panel.tsx";

/** One detection as a story: where it stood, what it decodes to, which part decided, and why. */
export function DetectionExplanation({
  detection,
}: {
  readonly detection: Detection;
}): ReactElement {
  const outer = detection.steps.slice(0, -1);
  const last = detection.steps.at(-1);
  return (
    <Panel
      title={words(detection.detector)}
      aside={<ConfidenceBadge confidence={detection.confidence} />}
    >
      <p className="mb-3 text-[15px] leading-6 break-words">{detection.explanation}</p>
      <p className="mb-2 text-mute">{placeOf(detection)}</p>
      <ol>
        {outer.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rungs have no other identity than their place
          <Rung key={at} label={`${words(step.decoding)} decoded`}>
            <Value>{step.value}</Value>
          </Rung>
        ))}
        <Rung
          label={last === undefined ? "As it arrived" : `${words(last.decoding)} decoded`}
          isLast
        >
          <MarkedValue detection={detection} />
        </Rung>
      </ol>
    </Panel>
  );
}

/** One step of the ladder from the wire down to what the application reads. */
function Rung(props: {
  readonly label: string;
  readonly isLast?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <li className={`relative pl-5 ${props.isLast === true ? "" : "pb-3"}`}>
      <span
        aria-hidden="true"
        className={`absolute top-1.5 left-0 size-2 rounded-full ${props.isLast === true ? "bg-bad" : "bg-mute"}`}
      />
      {props.isLast !== true && (
        <span aria-hidden="true" className="absolute top-4 bottom-0 left-[3.5px] w-px bg-line" />
      )}
      <p className="mb-1 text-xs text-mute">
        {props.label}
        {props.isLast === true && ", as the application reads it"}
      </p>
      {props.children}
    </li>
  );
}

function Value(props: { readonly children: ReactNode }): ReactElement {
  return <pre className="code-block">{props.children}</pre>;
}

/** The value with the deciding part marked; the offsets are of the whole value, which may be cut. */
function MarkedValue({ detection }: { readonly detection: Detection }): ReactElement {
  const { value, evidence, span } = detection;
  const at = value.startsWith(evidence, span.start) ? span.start : value.indexOf(evidence);
  if (at < 0 || evidence === "") return <Value>{value}</Value>;
  return (
    <Value>
      {value.slice(0, at)}
      <mark className="rounded-xs bg-bad px-0.5 text-panel">{evidence}</mark>
      {value.slice(at + evidence.length)}
    </Value>
  );
}

function placeOf({ location, name, part }: Detection): string {
  const places: Readonly<Record<Detection["location"], string>> = {
    path: `Path segment ${Number(name) + 1}`,
    query: `Query parameter ${name}`,
    header: `Header ${name}`,
    cookie: `Cookie ${name}`,
    body: `Body at ${name}`,
  };
  return part === "name" ? `${places[location]}: the name itself` : places[location];
}
