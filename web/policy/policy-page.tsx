import type { ReactElement } from "react";
import type { PolicyView } from "../../src/console/contract.ts";
import { usePolicy } from "../api/queries.ts";
import { words } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { ModeSelect } from "../widgets/mode-select.tsx";
import { Panel } from "../widgets/panel.tsx";
import { Exceptions } from "./exceptions.tsx";

export function PolicyPage(): ReactElement {
  return <Loaded query={usePolicy()}>{(view) => <PolicyContent view={view} />}</Loaded>;
}

function PolicyContent({ view }: { readonly view: PolicyView }): ReactElement {
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-lg font-semibold">
          Policy
          <span className="block text-sm font-normal text-mute">
            {view.file === undefined
              ? "No configuration file; what is changed here is kept by this installation."
              : `Changes here are laid over ${view.file}, which is never rewritten.`}
          </span>
        </h1>
        <ModeSelect label="Mode of everything" mode={view.policy.mode} scope={{}} />
      </div>
      <Panel title="Protections">
        <ul className="grid gap-3">
          {view.protections.map((protection) => (
            <li key={protection.id} className="flex flex-wrap items-center justify-between gap-3">
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{words(protection.id)}</span>
                <span className="text-mute">{protection.summary}</span>
              </span>
              <ModeSelect
                label={`Mode of ${words(protection.id)}`}
                mode={protection.mode}
                scope={{ protection: protection.id }}
              />
            </li>
          ))}
        </ul>
      </Panel>
      {view.policy.endpoints.length > 0 && (
        <Panel title="Endpoints with a mode of their own">
          <ul className="grid gap-3">
            {view.policy.endpoints.map(({ endpoint, mode }) => (
              <li key={endpoint} className="flex flex-wrap items-center justify-between gap-3">
                <code className="break-all">{endpoint}</code>
                {mode !== undefined && (
                  <ModeSelect label={`Mode of ${endpoint}`} mode={mode} scope={{ endpoint }} />
                )}
              </li>
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
