import type { ReactElement } from "react";

/** The learned schemas as text, folded away until asked for. */
export function SchemaView(props: {
  readonly schemas: { readonly request?: unknown; readonly response?: unknown };
}): ReactElement {
  return (
    <div className="grid gap-2 lg:grid-cols-2">
      {(["request", "response"] as const).map((side) => {
        const schema = props.schemas[side];
        return schema === undefined ? null : (
          <details key={side}>
            <summary className="cursor-pointer">{side}</summary>
            <pre className="mt-2 max-h-96 overflow-auto rounded bg-sunken p-3 font-mono text-xs">
              {JSON.stringify(schema, null, 2)}
            </pre>
          </details>
        );
      })}
    </div>
  );
}
