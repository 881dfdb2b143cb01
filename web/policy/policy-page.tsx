import type { ReactElement, ReactNode } from "react";
import type { PolicyView } from "../../src/console/contract.ts";
import { usePolicy } from "../api/queries.ts";
import { words } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { ModeSwitch } from "../widgets/mode-switch.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";
import { Exceptions } from "./exceptions.tsx";

/** What is on, where, in which mode, and what is let pass. */
export function PolicyPage(): ReactElement {
  return <Loaded query={usePolicy()}>{(view) => <PolicyContent view={view} />}</Loaded>;
}

function PolicyContent({ view }: { readonly view: PolicyView }): ReactElement {
  const own = view.policy.endpoints.filter(({ mode }) => mode !== undefined);
  return (
    <div className="grid gap-4">
      <PageTitle
        title="Policy"
        hint={
          view.file === undefined
            ? "No configuration file: what is changed here is kept by this installation."
            : `Changes here are laid over ${view.file}, which is never rewritten.`
        }
      />
      <Panel title="Modes" flush>
        <ul>
          <ModeRow
            name="Everything"
            hint="Holds wherever a protection or an endpoint has no mode of its own."
          >
            <ModeSwitch label="Mode of everything" mode={view.policy.mode} scope={{}} />
          </ModeRow>
          {view.protections.map(({ id, summary, mode }) => (
            <ModeRow key={id} name={words(id)} hint={summary}>
              <ModeSwitch label={`Mode of ${words(id)}`} mode={mode} scope={{ protection: id }} />
            </ModeRow>
          ))}
        </ul>
      </Panel>
      {own.length > 0 && (
        <Panel title="Endpoints with a mode of their own" flush>
          <ul>
            {own.map(({ endpoint, mode = view.policy.mode }) => (
              <ModeRow key={endpoint} name={<code className="break-all">{endpoint}</code>}>
                <ModeSwitch label={`Mode of ${endpoint}`} mode={mode} scope={{ endpoint }} />
              </ModeRow>
            ))}
          </ul>
        </Panel>
      )}
      <Panel title="Exceptions" aside="what a detector lets pass, and where" flush>
        <Exceptions exceptions={view.exceptions} />
      </Panel>
    </div>
  );
}

function ModeRow(props: {
  readonly name: ReactNode;
  readonly hint?: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-line px-4 py-3">
      <span className="min-w-48 flex-1">
        <span className="block font-medium">{props.name}</span>
        {props.hint !== undefined && <span className="text-mute">{props.hint}</span>}
      </span>
      {props.children}
    </li>
  );
}
