import type { ReactElement } from "react";
import type { Endpoint, LearnedBody } from "../../src/model/endpoint.ts";
import { count } from "../widgets/format.ts";

/** The learned bodies with their schemas as text, folded away until asked for. */
export function SchemaView(props: { readonly bodies: readonly LearnedBody[] }): ReactElement {
  return (
    <div className="grid gap-2 lg:grid-cols-2">
      {props.bodies.map((body) => {
        const { in: side, status, mediaType, samples, schema } = body;
        const name = `${side}${status === undefined ? "" : ` ${status}`} ${mediaType}`;
        const evidence = <span className="text-mute">{count(samples)} samples</span>;
        if (schema === undefined) {
          return (
            <p key={name} className="pl-4">
              {name} {evidence}
            </p>
          );
        }
        return (
          <details key={name}>
            <summary className="cursor-pointer">
              {name} {evidence}
            </summary>
            <pre className="mt-2 max-h-96 overflow-auto rounded bg-sunken p-3 font-mono text-xs">
              {JSON.stringify(schema, null, 2)}
            </pre>
          </details>
        );
      })}
    </div>
  );
}

/** For endpoints of which only one schema a side is known. */
export function learnedBodiesOf(schemas: Endpoint["schemas"]): readonly LearnedBody[] {
  return (["request", "response"] as const).flatMap((side) => {
    const schema = schemas[side];
    return schema === undefined
      ? []
      : [{ in: side, mediaType: "application/json", samples: 0, schema }];
  });
}
