import { type ReactElement, useState } from "react";
import type { EndpointPinRequest } from "../../src/console/contract.ts";
import { ConfirmDialog } from "../widgets/confirm-dialog.tsx";

/** What a person is about to decide about one segment of a template. */
export interface TemplateQuestion {
  readonly kind: EndpointPinRequest["kind"];
  readonly segment: number;
  readonly name?: string;
  /** Segments to choose from. */
  readonly texts: readonly string[];
  readonly chosen?: readonly string[];
}

const titles: Readonly<Record<TemplateQuestion["kind"], string>> = {
  split: "Keep segments apart as literals?",
  merge: "Merge literals into one parameter?",
  rename: "Rename this parameter?",
  template: "Pin this template?",
};

const confirms: Readonly<Record<TemplateQuestion["kind"], string>> = {
  split: "Split",
  merge: "Merge",
  rename: "Rename",
  template: "Pin",
};

/** Asks for the rest of a decision: a name, or which segments. */
export function TemplateDialog(props: {
  readonly question: TemplateQuestion;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onDecide: (request: EndpointPinRequest) => void;
  readonly onCancel: () => void;
}): ReactElement {
  const { kind, segment, name: before = "", texts, chosen = [] } = props.question;
  const [name, setName] = useState(before);
  const [picked, setPicked] = useState<readonly string[]>(chosen);
  const [typed, setTyped] = useState("");
  const other = typed.trim();
  const request: Readonly<Record<TemplateQuestion["kind"], EndpointPinRequest>> = {
    template: { kind: "template" },
    rename: { kind: "rename", segment, name },
    merge: { kind: "merge", segment, name, texts: picked },
    split: { kind: "split", segment, texts: other === "" ? picked : [...picked, other] },
  };
  return (
    <ConfirmDialog
      title={titles[kind]}
      confirm={confirms[kind]}
      isBusy={props.isBusy}
      error={props.error}
      onConfirm={() => props.onDecide(request[kind])}
      onCancel={props.onCancel}
    >
      {kind === "template" && (
        <p>Its literals stay literals and its parameters keep their names and values.</p>
      )}
      {(kind === "rename" || kind === "merge") && (
        <TextField label="Name of the parameter" value={name} onChange={setName} />
      )}
      {kind === "split" && (
        <p>
          What is named here becomes an endpoint of its own with its next call. Nothing chosen: all
          of them. What was learned so far stays where it is.
        </p>
      )}
      {(kind === "split" || kind === "merge") && texts.length > 0 && (
        <Texts texts={texts} picked={picked} onPick={setPicked} />
      )}
      {kind === "split" && <TextField label="Another segment" value={typed} onChange={setTyped} />}
    </ConfirmDialog>
  );
}

function TextField(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <label className="block">
      <span className="mb-1 block font-medium">{props.label}</span>
      <input
        className="field w-full"
        maxLength={200}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
      />
    </label>
  );
}

function Texts(props: {
  readonly texts: readonly string[];
  readonly picked: readonly string[];
  readonly onPick: (picked: readonly string[]) => void;
}): ReactElement {
  const { texts, picked, onPick } = props;
  return (
    <fieldset className="max-h-56 overflow-y-auto rounded-md border border-line p-2">
      <legend className="px-1 text-xs text-mute">Segments at this place</legend>
      {texts.map((text) => (
        <label key={text} className="flex items-center gap-2 py-0.5">
          <input
            type="checkbox"
            checked={picked.includes(text)}
            onChange={({ target }) =>
              onPick(target.checked ? [...picked, text] : picked.filter((one) => one !== text))
            }
          />
          <code className="code-text [overflow-wrap:anywhere]">{text}</code>
        </label>
      ))}
    </fieldset>
  );
}
