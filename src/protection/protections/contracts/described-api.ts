import { isRecord } from "../../../model/is-record.ts";
import type { Specification } from "../../../specifications/specification.ts";
import { DocumentReader } from "./document-reader.ts";
import { type OperationDescription, readOperation } from "./operation-reader.ts";
import { PropertyShapes } from "./property-shapes.ts";
import type { Direction } from "./schema-translation.ts";
import { type SchemaCheck, SchemaValidators } from "./schema-validators.ts";
import { Coercion } from "./value-coercion.ts";

/** More notes than these say nothing new about a description. */
const notesMax = 100;

/** One OpenAPI description made ready to hold messages to it; everything is read on first use. */
export class DescribedApi {
  readonly specification: Specification;
  /** Learned from traffic, hence never sure to be complete. */
  readonly isLearned: boolean;
  readonly shapes: PropertyShapes;
  readonly coercion: Coercion;
  readonly reader: DocumentReader;
  /** Names under which credentials travel in a query. */
  readonly credentialParameters: ReadonlySet<string>;
  readonly #notes = new Set<string>();
  readonly #validators: Readonly<Record<Direction, SchemaValidators>>;
  readonly #checks: Readonly<Record<Direction, WeakMap<object, SchemaCheck>>> = {
    request: new WeakMap(),
    response: new WeakMap(),
  };
  readonly #operations = new Map<string, OperationDescription | undefined>();

  constructor(
    specification: Specification,
    root: Readonly<Record<string, unknown>>,
    { isLearned }: { readonly isLearned: boolean },
  ) {
    this.specification = specification;
    this.isLearned = isLearned;
    this.reader = new DocumentReader(root);
    this.shapes = new PropertyShapes(this.reader);
    this.coercion = new Coercion(this.reader, this.shapes);
    this.credentialParameters = credentialParametersOf(root);
    const version = String(root["openapi"] ?? "");
    const isJsonSchema = version !== "" && !version.startsWith("3.0");
    const note = (problem: string): void => {
      if (this.#notes.size < notesMax) this.#notes.add(problem);
    };
    this.#validators = {
      request: new SchemaValidators(this.reader, { direction: "request", isJsonSchema, note }),
      response: new SchemaValidators(this.reader, { direction: "response", isJsonSchema, note }),
    };
  }

  /** What of the description is not enforced, as far as traffic came across it. */
  get notes(): readonly string[] {
    return [...this.#notes];
  }

  operation(pointer: readonly string[]): OperationDescription | undefined {
    const key = pointer.join(" ");
    if (!this.#operations.has(key)) {
      this.#operations.set(key, readOperation(this.reader, pointer));
    }
    return this.#operations.get(key);
  }

  check(schema: unknown, direction: Direction): SchemaCheck {
    if (!isRecord(schema)) return schema === false ? refuseAll : acceptAll;
    const checks = this.#checks[direction];
    const known = checks.get(schema);
    if (known !== undefined) return known;
    const check = this.#validators[direction].checkOf(schema);
    checks.set(schema, check);
    return check;
  }
}

const acceptAll: SchemaCheck = () => undefined;
const refuseAll: SchemaCheck = () => ({ path: "", keyword: "false", message: "must not be there" });

/** API keys stand in a security scheme, not among an operation's parameters. */
function credentialParametersOf(root: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  const { components } = root;
  const schemes = isRecord(components)
    ? components["securitySchemes"]
    : root["securityDefinitions"];
  const names = Object.values(isRecord(schemes) ? schemes : {}).flatMap((scheme) => {
    if (!isRecord(scheme) || scheme["in"] !== "query") return [];
    return typeof scheme["name"] === "string" ? [scheme["name"]] : [];
  });
  return new Set(["access_token", ...names]);
}
