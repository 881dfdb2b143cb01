import type { Style } from "../../model/endpoint.ts";

/** What an exchange called behind one path: a GraphQL field, a SOAP body element, an RPC method. */
export interface Operation {
  readonly style: Style;
  /** Missing for styles whose path says it all. */
  readonly name?: string;
}
