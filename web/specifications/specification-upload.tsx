import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactElement, useRef } from "react";
import type { SpecificationDrift, SpecificationRequest } from "../../src/console/contract.ts";
import { change } from "../api/client.ts";
import { Panel } from "../widgets/panel.tsx";
import { DriftView } from "./drift-view.tsx";

const nameLengthMax = 100;

/** Compares a file with traffic first, and takes it into force only when somebody says so. */
export function SpecificationUpload(): ReactElement {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const compare = useMutation({ mutationFn: compareFile });
  const save = useMutation({
    mutationFn: (request: SpecificationRequest) =>
      change("PUT", `/api/specifications/${encodeURIComponent(request.name)}`, request),
    onSuccess: async () => {
      compare.reset();
      await client.invalidateQueries();
    },
  });
  const error = compare.error ?? save.error;
  return (
    <>
      <div>
        <input
          ref={input}
          type="file"
          accept=".yaml,.yml,.json"
          aria-label="Specification to compare"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file !== undefined) compare.mutate(file);
            target.value = "";
          }}
        />
        <button
          type="button"
          className="button button-primary"
          disabled={compare.isPending}
          onClick={() => input.current?.click()}
        >
          Compare a specification
        </button>
      </div>
      {error !== null && (
        <p role="alert" className="text-bad [overflow-wrap:anywhere]">
          {error.message}
        </p>
      )}
      {compare.data !== undefined && (
        <Compared
          {...compare.data}
          isBusy={save.isPending}
          onSave={(request) => save.mutate(request)}
        />
      )}
    </>
  );
}

interface Comparison {
  readonly request: SpecificationRequest;
  readonly drift: SpecificationDrift;
}

async function compareFile(file: File): Promise<Comparison> {
  const request = { name: file.name.slice(0, nameLengthMax), text: await file.text() };
  return { request, drift: await change("POST", "/api/specifications", request) };
}

function Compared(
  props: Comparison & {
    readonly isBusy: boolean;
    readonly onSave: (request: SpecificationRequest) => void;
  },
): ReactElement {
  const { request, drift, isBusy, onSave } = props;
  return (
    <Panel title={`${drift.name}, compared with traffic`} aside="not in force yet">
      <div className="grid gap-3">
        <DriftView drift={drift} />
        <div>
          <button
            type="button"
            className="button button-primary"
            disabled={isBusy}
            onClick={() => onSave(request)}
          >
            Take it into force
          </button>
        </div>
      </div>
    </Panel>
  );
}
