import { Ajv2020, type AnySchema, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { DocumentReader } from "./document-reader.ts";
import { formats } from "./formats.ts";
import { type LinearPattern, tryCompilePattern } from "./linear-pattern.ts";
import {
  type Direction,
  referenceKeyword,
  translatedSchema,
  uniqueKeyword,
} from "./schema-translation.ts";

/** What is wrong with a value, and which keyword of the description says so. */
interface SchemaProblem {
  /** JSON pointer (RFC 6901) into the value: `/items/0/price`. */
  readonly path: string;
  readonly keyword: string;
  readonly message: string;
}

/** The first problem of a value, or undefined. */
export type SchemaCheck = (value: unknown) => SchemaProblem | undefined;

/** Schemas that refer to themselves end here, however a value is nested. */
const referenceDepthMax = 200;

/**
 * The validators of one description for one direction. Each schema is compiled when the first value
 * gets to it, a referenced one too, so that a description of a thousand operations costs nothing
 * before, and a request only what it touches.
 */
export class SchemaValidators {
  readonly #reader: DocumentReader;
  readonly #direction: Direction;
  readonly #isJsonSchema: boolean;
  readonly #note: (problem: string) => void;
  readonly #ajv: Ajv2020;
  readonly #byReference = new Map<string, ValidateFunction>();
  #referenceDepth = 0;

  constructor(
    reader: DocumentReader,
    options: {
      readonly direction: Direction;
      readonly isJsonSchema: boolean;
      readonly note: (problem: string) => void;
    },
  ) {
    this.#reader = reader;
    this.#direction = options.direction;
    this.#isJsonSchema = options.isJsonSchema;
    this.#note = options.note;
    this.#ajv = this.#createAjv();
  }

  checkOf(schema: unknown): SchemaCheck {
    let validate: ValidateFunction | undefined;
    return (value) => {
      validate ??= this.#compile(schema);
      this.#referenceDepth = 0;
      return validate(value) ? undefined : problemOf(validate.errors?.[0]);
    };
  }

  #createAjv(): Ajv2020 {
    const regExp = (pattern: string): LinearPattern => tryCompilePattern(pattern) ?? anything;
    const ajv = new Ajv2020({
      strict: false,
      validateSchema: false,
      addUsedSchema: false,
      inlineRefs: false,
      logger: false,
      meta: false,
      ownProperties: true,
      multipleOfPrecision: 9,
      formats: { ...formats },
      code: { regExp: Object.assign(regExp, { code: "unused" }) },
    });
    const validators = this;
    const follow = function follow(
      this: unknown,
      reference: string,
      data: unknown,
      _parent: unknown,
      place: unknown,
    ): boolean {
      return validators.#follow(follow, reference, data, place);
    } as FollowFunction;
    ajv.addKeyword({ keyword: referenceKeyword, errors: "full", validate: follow });
    ajv.addKeyword({
      keyword: uniqueKeyword,
      type: "array",
      validate: (_on: boolean, items: readonly unknown[]) => isUnique(items),
    });
    return ajv;
  }

  #follow(keyword: FollowFunction, reference: string, data: unknown, place: unknown): boolean {
    if (this.#referenceDepth >= referenceDepthMax) return true;
    this.#referenceDepth += 1;
    const validate = this.#referenced(reference);
    const isValid = validate.call(undefined, data, place as never) as boolean;
    if (!isValid) keyword.errors = validate.errors ?? [];
    this.#referenceDepth -= 1;
    return isValid;
  }

  #referenced(reference: string): ValidateFunction {
    const known = this.#byReference.get(reference);
    if (known !== undefined) return known;
    const schema = this.#reader.at(reference);
    if (schema === undefined) this.#note(`${reference} leads nowhere and is not enforced`);
    const validate = this.#compile(schema ?? true);
    this.#byReference.set(reference, validate);
    return validate;
  }

  #compile(schema: unknown): ValidateFunction {
    const translated = translatedSchema(schema, {
      direction: this.#direction,
      isJsonSchema: this.#isJsonSchema,
      note: this.#note,
    });
    try {
      return this.#ajv.compile(translated as AnySchema);
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      this.#note(`a schema cannot be compiled and is not enforced: ${problem}`);
      return this.#ajv.compile(true);
    }
  }
}

type FollowFunction = {
  (reference: string, data: unknown, parent: unknown, place: unknown): boolean;
  errors?: Partial<ErrorObject>[];
};

const anything: LinearPattern = { test: () => true };

/** By their JSON text: a set of a thousand objects costs as much as writing them down. */
function isUnique(items: readonly unknown[]): boolean {
  const seen = new Set<string>();
  for (const item of items) {
    const text = JSON.stringify(item);
    if (seen.has(text)) return false;
    seen.add(text);
  }
  return true;
}

function problemOf(error: ErrorObject | undefined): SchemaProblem {
  if (error === undefined) return { path: "", keyword: "schema", message: "does not fit" };
  const { instancePath, keyword, message = "does not fit", params } = error;
  const values: unknown = params["allowedValues"];
  const allowed = Array.isArray(values) ? `: ${values.slice(0, 10).join(", ")}` : "";
  return { path: instancePath, keyword, message: `${message}${allowed}` };
}
