import { isRecord } from "../../../model/is-record.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** Longer chains of references are circles. */
const referencesMax = 32;

/** An object of a description, and where it really stands after references were followed. */
export interface Located {
  readonly value: JsonObject;
  /** JSON pointer (RFC 6901) as a fragment: `#/components/schemas/User`. */
  readonly pointer: string;
}

/** Follows local references of one description; what leads nowhere is undefined, never an error. */
export class DocumentReader {
  readonly root: JsonObject;

  constructor(root: JsonObject) {
    this.root = root;
  }

  /** The object itself, or what its `$ref` leads to. */
  resolve(value: unknown, pointer: string): Located | undefined {
    let current = value;
    let at = pointer;
    for (let followed = 0; followed < referencesMax; followed += 1) {
      if (!isRecord(current)) return undefined;
      const reference = current["$ref"];
      if (typeof reference !== "string") return { value: current, pointer: at };
      current = this.at(reference);
      at = reference;
    }
    return undefined;
  }

  /** What a pointer such as `#/components/schemas/User` stands for. */
  at(pointer: string): unknown {
    if (pointer === "#") return this.root;
    if (!pointer.startsWith("#/")) return undefined;
    let current: unknown = this.root;
    for (const part of pointer.slice(2).split("/")) {
      const name = decodedOf(part).replaceAll("~1", "/").replaceAll("~0", "~");
      if (Array.isArray(current)) current = current[Number(name)];
      else if (isRecord(current) && Object.hasOwn(current, name)) current = current[name];
      else return undefined;
    }
    return current;
  }
}

/** `#/paths/~1users/get` of the parts of a pointer. */
export function pointerOf(parts: readonly string[]): string {
  return ["#", ...parts.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
}

function decodedOf(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
