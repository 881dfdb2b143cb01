import { decodedBodyOf } from "../../../http/decompression.ts";
import { textOf } from "../../../http/text-decoding.ts";
import type { RequestHead } from "../../../model/exchange.ts";
import type { Specification } from "../../../specifications/specification.ts";
import { parseXml } from "../../../specifications/xml-tree.ts";
import { shownValue, type Violation } from "./violation.ts";

const expandedBytesMax = 1_048_576;

/** Holds SOAP bodies to the operations of a WSDL: by the element that stands in the body. */
export class SoapContract {
  readonly #source: string;
  /** Operations by the path of their service; of services anywhere, under the empty path. */
  readonly #operations = new Map<string, Set<string>>();

  constructor(specification: Specification) {
    this.#source = specification.source;
    for (const { operation, path, isAnywhere } of specification.operations) {
      const key = isAnywhere === true ? "" : path;
      const known = this.#operations.get(key) ?? new Set();
      if (operation !== undefined) known.add(operation);
      this.#operations.set(key, known);
    }
  }

  isFor({ path, method }: RequestHead): boolean {
    return method === "POST" && this.#operations.has(path);
  }

  ofBody(head: RequestHead, bytes: Uint8Array): readonly Violation[] {
    const operations = this.#operations.get(head.path);
    if (operations === undefined) return [];
    const decoded = decodedBodyOf(head.headers, bytes, expandedBytesMax);
    const called = calledElements(textOf(head.headers, decoded.bytes));
    if (called === undefined) {
      return [this.#violation("unreadable-body", "", "the body is no SOAP envelope")];
    }
    if (called.length !== 1) {
      const problem = `the SOAP body has ${called.length} elements instead of one`;
      return [this.#violation("undeclared-operation", "", problem)];
    }
    const [name = ""] = called;
    if (operations.has(name)) return [];
    return [
      this.#violation(
        "undeclared-operation",
        name,
        `the operation ${shownValue(name)} is not declared`,
      ),
    ];
  }

  #violation(id: Violation["id"], value: string, problem: string): Violation {
    return {
      id,
      status: id === "unreadable-body" ? 400 : 404,
      confidence: "medium",
      location: "body",
      name: "/Envelope/Body",
      part: "value",
      value,
      problem,
      source: this.#source,
      pointer: "portType",
    };
  }
}

/** Names of what stands in the envelope's body; RPC with multiple references may have more than one. */
function calledElements(text: string): readonly string[] | undefined {
  if (text.includes("<!DOCTYPE")) return undefined;
  try {
    const envelope = parseXml(text);
    const body = envelope.children.find(({ name }) => name === "Body");
    if (envelope.name !== "Envelope" || body === undefined) return undefined;
    return body.children.filter(({ name }) => name !== "multiRef").map(({ name }) => name);
  } catch {
    return undefined;
  }
}
