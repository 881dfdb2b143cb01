import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useState } from "react";
import type { EndpointPinRequest, TemplateView } from "../../src/console/contract.ts";
import type { TemplateSegment } from "../../src/discovery/pin-request.ts";
import type { TemplatePin } from "../../src/model/template-pin.ts";
import { change } from "../api/client.ts";
import { useTemplate } from "../api/queries.ts";
import { Badge } from "../widgets/badges.tsx";
import { timeOf } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Panel } from "../widgets/panel.tsx";
import { TemplateDialog, type TemplateQuestion } from "./template-dialog.tsx";

/** The template taken apart: what people may decide about it, and what they decided so far. */
export function TemplatePanel({ id }: { readonly id: string }): ReactElement {
  const query = useTemplate(id);
  return (
    <Panel title="Template" aside="decide once, and no later traffic changes it">
      <Loaded query={query}>{(view) => <Template id={id} view={view} />}</Loaded>
    </Panel>
  );
}

function Template(props: { readonly id: string; readonly view: TemplateView }): ReactElement {
  const { id, view } = props;
  const [question, setQuestion] = useState<TemplateQuestion>();
  const client = useQueryClient();
  const refresh = (): Promise<void> => client.invalidateQueries();
  const decide = useMutation({
    mutationFn: (request: EndpointPinRequest) =>
      change("POST", `/api/endpoints/${encodeURIComponent(id)}/pins`, request),
    onSuccess: async () => {
      setQuestion(undefined);
      await refresh();
    },
  });
  const undo = useMutation({
    mutationFn: (pin: string) => change("DELETE", `/api/pins/${encodeURIComponent(pin)}`),
    onSuccess: refresh,
  });
  return (
    <div className="grid gap-3">
      <ul className="grid gap-1.5">
        {view.segments.map((segment, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a segment is what stands at its place
          <Segment key={at} segment={segment} at={at} onAsk={setQuestion} />
        ))}
      </ul>
      <div>
        <button
          type="button"
          className="button"
          onClick={() => setQuestion({ kind: "template", segment: 0, texts: [] })}
        >
          Pin this template
        </button>
      </div>
      <Pins pins={view.pins} isBusy={undo.isPending} onUndo={(pin) => undo.mutate(pin)} />
      {question !== undefined && (
        <TemplateDialog
          question={question}
          isBusy={decide.isPending}
          error={decide.error}
          onDecide={(request) => decide.mutate(request)}
          onCancel={() => {
            decide.reset();
            setQuestion(undefined);
          }}
        />
      )}
    </div>
  );
}

function Segment(props: {
  readonly segment: TemplateSegment;
  readonly at: number;
  readonly onAsk: (question: TemplateQuestion) => void;
}): ReactElement {
  const { segment, at, onAsk } = props;
  const { text, parameter, literals, values } = segment;
  return (
    <li className="flex flex-wrap items-center gap-2">
      <code className="code-text min-w-32 [overflow-wrap:anywhere]">/{text}</code>
      {parameter === undefined ? (
        <>
          <Badge>literal</Badge>
          <button
            type="button"
            className="button"
            aria-label={`Merge into a parameter: ${text}`}
            onClick={() => onAsk({ kind: "merge", segment: at, texts: literals, chosen: [text] })}
          >
            Merge into a parameter
          </button>
        </>
      ) : (
        <>
          <Badge tone="accent">parameter</Badge>
          <button
            type="button"
            className="button"
            aria-label={`Rename ${parameter}`}
            onClick={() => onAsk({ kind: "rename", segment: at, name: parameter, texts: [] })}
          >
            Rename
          </button>
          <button
            type="button"
            className="button"
            aria-label={`Split ${parameter}`}
            onClick={() => onAsk({ kind: "split", segment: at, texts: values })}
          >
            Split
          </button>
        </>
      )}
    </li>
  );
}

const meanings: Readonly<Record<TemplatePin["kind"], string>> = {
  split: "Literals kept apart",
  merge: "Literals merged",
  rename: "Parameter renamed",
  template: "Template pinned",
};

function Pins(props: {
  readonly pins: readonly TemplatePin[];
  readonly isBusy: boolean;
  readonly onUndo: (id: string) => void;
}): ReactElement | null {
  if (props.pins.length === 0) return null;
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-mute">Decided for this host</h3>
      <ul className="grid gap-1.5">
        {props.pins.map(({ id, kind, path, texts, createdMs, by }) => (
          <li key={id} className="flex flex-wrap items-center gap-2">
            <span>{meanings[kind]}:</span>
            <code className="code-text [overflow-wrap:anywhere]">{path}</code>
            {kind !== "template" && texts.length > 0 && (
              <span className="text-mute [overflow-wrap:anywhere]">{texts.join(", ")}</span>
            )}
            <span className="text-xs text-mute">
              {timeOf(createdMs)}
              {by === undefined ? "" : ` by ${by}`}
            </span>
            <button
              type="button"
              className="button"
              disabled={props.isBusy}
              aria-label={`Take back: ${meanings[kind]} ${path}`}
              onClick={() => props.onUndo(id)}
            >
              Take back
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
