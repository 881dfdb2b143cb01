import type { Header } from "../../src/model/exchange.ts";
import type { CaseRequest } from "./case.ts";

/** A way to send a string; undefined when the string cannot be sent that way. */
export interface Placement {
  readonly name: string;
  /** `field` is what the parameter, key or element is called, where the place has a name. */
  place(payload: string, field: string): CaseRequest | undefined;
}

const apiHeaders: readonly Header[] = [
  ["host", "shop.example"],
  ["accept", "application/json"],
  ["user-agent", "shop-app/4.2"],
];

/** Every place of a request where an interpreter's input comes from. */
export const placements: readonly Placement[] = [
  { name: "query", place: (payload, field) => get(`/items?${field}=${encoded(payload)}&page=2`) },
  { name: "path", place: (payload) => get(`/items/${encoded(payload)}/reviews`) },
  { name: "json", place: (payload, field) => post("application/json", jsonOf(payload, field)) },
  {
    name: "form",
    place: (payload, field) =>
      post("application/x-www-form-urlencoded", `name=Ann&${field}=${encoded(payload)}&sort=asc`),
  },
  {
    name: "multipart",
    place: (payload, field) => post(multipartType, multipartOf(payload, field)),
  },
  { name: "xml", place: (payload, field) => post("application/xml", xmlOf(payload, field)) },
  { name: "graphql", place: (payload) => post("application/json", graphqlOf(payload)) },
  { name: "header", place: placeInHeader },
  {
    name: "cookie",
    place: (payload, field) =>
      get("/items", [["cookie", `theme=dark; ${field}=${encoded(payload)}`]]),
  },
];

const multipartType = "multipart/form-data; boundary=7d1f0c";

function get(target: string, more: readonly Header[] = []): CaseRequest {
  return requestOf("GET", target, more, "");
}

function post(contentType: string, body: string): CaseRequest {
  return requestOf("POST", "/items", [["content-type", contentType]], body);
}

function requestOf(
  method: string,
  target: string,
  more: readonly Header[],
  body: string,
): CaseRequest {
  const [path = "/", query = ""] = target.split("?");
  const headers = [...apiHeaders, ...more];
  const head = { method, scheme: "https", authority: "shop.example", path, query } as const;
  return { head: { ...head, httpVersion: "1.1", headers }, body: Buffer.from(body) };
}

/** Percent-encodes as a browser would; lone surrogates cannot be sent. */
function encoded(payload: string): string {
  return encodeURIComponent(payload.toWellFormed());
}

function jsonOf(payload: string, field: string): string {
  return JSON.stringify({ id: 12, filter: { [field]: payload, tags: ["a", "b"] } });
}

function graphqlOf(payload: string): string {
  const query = "query Search($text: String) { items(text: $text) { id name } }";
  return JSON.stringify({ query, variables: { text: payload } });
}

function multipartOf(payload: string, field: string): string {
  const disposition = `content-disposition: form-data; name="${field}"`;
  const lines = ["--7d1f0c", disposition, "", payload, "--7d1f0c--"];
  return `${lines.join("\r\n")}\r\n`;
}

function xmlOf(payload: string, field: string): string {
  const text = payload.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<?xml version="1.0"?><order><id>7</id><${field}>${text}</${field}></order>`;
}

function placeInHeader(payload: string): CaseRequest | undefined {
  const value = payload.trim();
  // Header values are one line of bytes: anything else never reaches an application.
  if (!/^[\t\u0020-\u007e\u0080-\u00ff]+$/.test(value)) return undefined;
  return get("/items", [["x-search", value]]);
}
