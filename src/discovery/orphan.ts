import type { EndpointProfile } from "../model/endpoint.ts";
import type { DocumentedOperation } from "../specifications/specification.ts";
import { createEndpointEntry, factsOf } from "./endpoint-entry.ts";
import { lifecycleOf } from "./lifecycle.ts";

/** The inventory's entry for an operation that is documented and was never called. */
export function orphanOf(host: string, documented: DocumentedOperation): EndpointProfile {
  const entry = createEndpointEntry(
    {
      method: documented.method,
      host,
      template: documented.path,
      operation: documented.operation,
    },
    { style: documented.style ?? "rest", samplePath: documented.path },
  );
  const parameters = documented.parameters
    .filter((parameter) => parameter.in in places)
    .map(({ name, type, required, in: place }) => ({
      in: places[place as keyof typeof places],
      name,
      type,
      required,
      confidence: 0,
      samples: 0,
    }));
  return {
    ...factsOf(entry),
    ...lifecycleOf({ ...entry.traffic, documented, deprecatedHeaders: 0, nowMs: 0 }),
    parameters,
  };
}

const places = {
  path: "path",
  query: "query",
  header: "header",
  cookie: "cookie",
  formData: "body",
} as const;
