import { deflateSync, gzipSync } from "node:zlib";
import type { Header, HttpRequest } from "../../src/model/exchange.ts";
import type { Random } from "../ownership/random.ts";

type Placement = (text: string, random: Random) => Partial<HttpRequest>;

/** A request that carries the text somewhere, well-formed around it or not. */
export function requestOf(text: string, random: Random): HttpRequest {
  return {
    method: random.pick(["GET", "POST", "PUT", "DELETE"]),
    scheme: "https",
    authority: "shop.example",
    path: "/api/v1/items/7",
    query: "",
    httpVersion: random.pick(["1.0", "1.1", "2"]),
    headers: [],
    ...random.pick(placements)(text, random),
  };
}

/** The same as bytes on the wire, its head and body pasted together without any care. */
export function rawRequestOf(text: string, random: Random): Uint8Array {
  const target = random.chance(0.3) ? text : `/a?b=${text}`;
  const header = random.chance(0.5) ? `${text}\r\n` : `x-a: ${text}\r\n`;
  return Buffer.from(
    `POST ${target} HTTP/1.1\r\nhost: shop.example\r\n${header}content-length: ${text.length}\r\n\r\n${text}`,
    random.chance(0.5) ? "latin1" : "utf8",
  );
}

const placements: readonly Placement[] = [
  (text) => ({ query: `q=${encodeURIComponent(text.toWellFormed())}&page=2` }),
  (text) => ({ query: text }),
  (text) => ({ path: `/${text}` }),
  (text) => ({ path: `/files/${encodeURIComponent(text.toWellFormed())}/a` }),
  (text, random) => ({ headers: [[random.pick(headerNames), text]] }),
  (text) => ({ headers: [["cookie", `session=${text}; theme=dark`]] }),
  (text) => ({ headers: [["authorization", `Bearer ${tokenOf(text)}`]] }),
  (text, random) => bodyOf("application/json", JSON.stringify({ id: 7, text }), random),
  (text, random) => bodyOf("application/json", text, random),
  (text, random) => bodyOf("application/json", `{"a":[${text}],"b":"${text}"}`, random),
  (text, random) => bodyOf("application/x-www-form-urlencoded", `a=${text}`, random),
  (text, random) => bodyOf("application/xml", text, random),
  (text, random) => bodyOf("text/xml", `<a b="${text}"><c>${text}</c></a>`, random),
  (text, random) => bodyOf("application/graphql", text, random),
  (text, random) => bodyOf("application/json", graphqlOf(text), random),
  (text, random) => bodyOf("multipart/form-data; boundary=x", multipartOf(text), random),
  (text, random) => bodyOf(`multipart/form-data; boundary=${text.slice(0, 70)}`, text, random),
  (text, random) => bodyOf("application/octet-stream", text, random),
  (text, random) => bodyOf(text.slice(0, 100), text, random),
];

const headerNames = [
  "user-agent",
  "referer",
  "x-forwarded-for",
  "x-forwarded-host",
  "host",
  "accept-language",
  "content-type",
  "content-disposition",
  "x-api-key",
  "link",
  "authorization",
];

function bodyOf(contentType: string, text: string, random: Random): Partial<HttpRequest> {
  const plain = Buffer.from(text, random.pick(["utf8", "utf8", "latin1", "utf16le"] as const));
  const [bytes, encoding] = encodedBody(plain, random);
  const headers: Header[] = [
    ["content-type", contentType],
    ["content-length", String(bytes.length)],
  ];
  if (encoding !== undefined) headers.push(["content-encoding", encoding]);
  return { method: "POST", headers, body: { bytes, bytesTotal: bytes.length } };
}

function encodedBody(plain: Buffer, random: Random): readonly [Buffer, string?] {
  if (!random.chance(0.02)) return [plain];
  const [bytes, encoding] = random.chance(0.5)
    ? ([gzipSync(plain), "gzip"] as const)
    : ([deflateSync(plain), "deflate"] as const);
  // Some arrive cut off or with a wrong byte.
  if (random.chance(0.3)) bytes[random.below(bytes.length)] = random.below(256);
  return [
    bytes.subarray(0, random.chance(0.2) ? random.below(bytes.length) : bytes.length),
    encoding,
  ];
}

function tokenOf(text: string): string {
  const part = (value: string): string => Buffer.from(value).toString("base64url");
  return `${part('{"alg":"HS256","kid":"a"}')}.${part(JSON.stringify({ sub: text }))}.${part(text)}`;
}

function graphqlOf(text: string): string {
  return JSON.stringify({
    query: `query A($b:String){c(d:$b,e:"${text}"){f}}`,
    variables: { b: text },
  });
}

function multipartOf(text: string): string {
  return [
    "--x",
    `content-disposition: form-data; name="${text}"; filename="${text}"`,
    "content-type: text/plain",
    "",
    text,
    "--x--",
    "",
  ].join("\r\n");
}
