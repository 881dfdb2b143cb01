import type { Field } from "../../../model/field.ts";
import { matchingSegmentsOf } from "../../matching-path.ts";
import type { ExchangeContext } from "../../protection.ts";
import { kindOfCollection, kindOfReference } from "./object-kind.ts";

/** One object that a message names: its kind, and its id as text. */
export interface ObjectReference {
  /** Host and kind: the same number in another API is another object. */
  readonly kind: string;
  readonly id: string;
  /** Where it stood: `path:1`, `query:orderId`, `body:$.orderId`. */
  readonly field: string;
}

/** Read of one message at most; who sends more is not understood. */
const referencesMax = 256;
const shapeLengthMax = 512;
/** Longer values are texts. */
const idLengthMax = 128;

/** The objects that the request's address is about, outermost first. */
export function referencesInAddress(context: ExchangeContext): readonly ObjectReference[] {
  const { authority, path } = context.request;
  const host = authority.toLowerCase();
  const found: ObjectReference[] = [];
  const template = templateOf(context);
  const segments = matchingSegmentsOf(path);
  for (const [index, id] of segments.entries()) {
    // An id says nothing without the word before it: `/orders/12`, but not `/12/34`.
    const isNamed = index > 0 && !isIdAt(template, segments, index - 1);
    if (!isNamed || !isIdAt(template, segments, index) || id.length > idLengthMax) continue;
    const kind = kindOfCollection(segments[index - 1] ?? "");
    found.push({ kind: `${host} ${kind}`, id, field: `path:${index}` });
  }
  for (const field of context.headFields) {
    if (field.location !== "query" || field.part !== "value") continue;
    const kind = kindOfReference(field.name);
    if (kind !== undefined && isId(field.value)) {
      found.push({ kind: `${host} ${kind}`, id: field.value, field: `query:${field.name}` });
    }
    if (found.length >= referencesMax) break;
  }
  return found;
}

/** The objects that the request's body names: `{"accountId": 7}`. */
export function referencesInBody(context: ExchangeContext): readonly ObjectReference[] {
  const host = context.request.authority.toLowerCase();
  const found: ObjectReference[] = [];
  for (const field of context.bodyFields) {
    if (field.part !== "value" || field.origin !== undefined) continue;
    const kind = kindOfReference(lastNameOf(field));
    if (kind === undefined || !isId(field.value)) continue;
    found.push({ kind: `${host} ${kind}`, id: field.value, field: `body:${field.name}` });
    if (found.length >= referencesMax) break;
  }
  return found;
}

/** The collection that the address ends with: what a list or a creation answers with. */
export function collectionOf(context: ExchangeContext): string | undefined {
  const template = templateOf(context);
  const segments = matchingSegmentsOf(context.request.path);
  for (let index = segments.length - 1; index >= 0; index -= 1) {
    if (!isIdAt(template, segments, index)) return kindOfCollection(segments[index] ?? "");
  }
  return undefined;
}

/** The address with `{}` for every id: `GET shop.example/orders/{}`. */
export function shapeOfAddress(context: ExchangeContext): string {
  const { method, authority, path } = context.request;
  const template = templateOf(context);
  const segments = matchingSegmentsOf(path);
  const shape = segments.map((segment, index) =>
    isIdAt(template, segments, index) ? "{}" : segment,
  );
  return `${method} ${authority.toLowerCase()}/${shape.join("/")}`.slice(0, shapeLengthMax);
}

/** Whether a value can be an id: a number, or a word of the kind that databases hand out. */
export function isId(text: string): boolean {
  if (text === "" || text.length > idLengthMax || text === "0") return false;
  if (/^[0-9]+$/.test(text)) return true;
  return /^[A-Za-z0-9_:.@~-]+$/.test(text) && /[0-9]/.test(text) && !/^v[0-9]+$/.test(text);
}

type Template = readonly string[] | undefined;

/** The segments of the endpoint's template, when the inventory knows it. */
function templateOf({ endpoint }: ExchangeContext): Template {
  return endpoint?.path.split("/").filter((segment) => segment !== "");
}

function isIdAt(template: Template, segments: readonly string[], index: number): boolean {
  if (template?.length === segments.length) return template[index]?.includes("{") ?? false;
  return isId(segments[index] ?? "");
}

function lastNameOf({ name }: Field): string {
  const last = Math.max(name.lastIndexOf("."), name.lastIndexOf("/"));
  return name.slice(last + 1).replace(/\[[^\]]*\]$/, "");
}
