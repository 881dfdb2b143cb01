/** An operation as far as two descriptions, or a description and traffic, can be compared. */
export interface ComparableOperation {
  /** Equal for the same operation of both sides, whatever its path parameters are called. */
  readonly key: string;
  readonly method: string;
  readonly path: string;
  readonly operation?: string | undefined;
  readonly isDeprecated: boolean;
  /** Undefined when it is not known. */
  readonly isSecured: boolean | undefined;
  readonly parameters: readonly ComparableParameter[];
  /** JSON Schema of JSON bodies, references resolved; undefined when nothing is said. */
  readonly request: unknown;
  /** The same of responses by status. */
  readonly responses: ReadonlyMap<string, unknown>;
}

export interface ComparableParameter {
  readonly key: string;
  /** `query page`. */
  readonly place: string;
  readonly in: string;
  readonly isRequired: boolean;
  readonly schema: unknown;
}

/** The key under which an operation is found again: names of path parameters are left out. */
export function operationKeyOf(
  method: string,
  path: string,
  operation: string | undefined,
): string {
  const shape = path.replace(/\{[^{}]*\}/g, "{}").replace(/(?<=.)\/$/, "");
  return `${method} ${shape}${operation === undefined ? "" : ` ${operation}`}`;
}

/** `POST /graphql query products`. */
export function operationNameOf({
  method,
  path,
  operation,
}: Pick<ComparableOperation, "method" | "path" | "operation">): string {
  return `${method} ${path}${operation === undefined ? "" : ` ${operation}`}`;
}

/** Makes a parameter comparable; the path's are known by their position in it. */
export function comparableParameter(
  path: string,
  parameter: {
    readonly in: string;
    readonly name: string;
    readonly required: boolean;
    readonly schema: unknown;
  },
): ComparableParameter {
  const { in: where, name, required, schema } = parameter;
  const position = [...path.matchAll(/\{([^{}]*)\}/g)].findIndex(([, own]) => own === name);
  const isHeader = where === "header";
  const key =
    where === "path" && position >= 0 ? String(position) : isHeader ? name.toLowerCase() : name;
  return {
    key: `${where} ${key}`,
    place: `${where} ${name}`,
    in: where,
    isRequired: required,
    schema,
  };
}
