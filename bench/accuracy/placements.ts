import type { Header } from "../../src/model/exchange.ts";
import type { CaseRequest } from "./case.ts";

/** A way to send a string; undefined when the string cannot be sent that way. */
export interface Placement {
  readonly name: string;
  place(payload: string): CaseRequest | undefined;
}

const apiHeaders: readonly Header[] = [
  ["host", "shop.example"],
  ["accept", "application/json"],
  ["user-agent", "shop-app/4.2"],
];

/** Every place of a request where an interpreter's input comes from. */
export const placements: readonly Placement[] = [
  { name: "query", place: (payload) => get(`/items?q=${encoded(payload)}&page=2`) },
  { name: "path", place: (payload) => get(`/items/${encoded(payload)}/reviews`) },
  { name: "json", place: (payload) => post("application/json", jsonOf(payload)) },
  {
    name: "form",
    place: (payload) =>
      post("application/x-www-form-urlencoded", `name=Ann&q=${encoded(payload)}&sort=asc`),
  },
  { name: "multipart", place: (payload) => post(multipartType, multipartOf(payload)) },
  { name: "xml", place: (payload) => post("application/xml", xmlOf(payload)) },
  { name: "graphql", place: (payload) => post("application/json", graphqlOf(payload)) },
  { name: "header", place: placeInHeader },
  {
    name: "cookie",
    place: (payload) => get("/items", [["cookie", `theme=dark; last=${encoded(payload)}`]]),
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

function jsonOf(payload: string): string {
  return JSON.stringify({ id: 12, filter: { text: payload, tags: ["a", "b"] } });
}

function graphqlOf(payload: string): string {
  const query = "query Search($text: String) { items(text: $text) { id name } }";
  return JSON.stringify({ query, variables: { text: payload } });
}

function multipartOf(payload: string): string {
  const lines = ["--7d1f0c", 'content-disposition: form-data; name="q"', "", payload, "--7d1f0c--"];
  return `${lines.join("\r\n")}\r\n`;
}

function xmlOf(payload: string): string {
  const text = payload.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<?xml version="1.0"?><order><id>7</id><note>${text}</note></order>`;
}

function placeInHeader(payload: string): CaseRequest | undefined {
  const value = payload.trim();
  // Header values are one line of bytes: anything else never reaches an application.
  if (!/^[\t\u0020-\u007e\u0080-\u00ff]+$/.test(value)) return undefined;
  return get("/items", [["x-search", value]]);
}
