import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { buildSchema, getIntrospectionQuery, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import type { Decision } from "../../model/decision.ts";
import type { Header } from "../../model/exchange.ts";
import { createGuard } from "../create-guard.ts";
import { documentNestingOf } from "./graphql-limits/document-nesting.ts";
import { graphqlLimits } from "./graphql-limits.ts";

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly type?: string;
  readonly body?: unknown;
}

interface Outcome {
  readonly decision: Decision | undefined;
  readonly replaced: Uint8Array | undefined;
}

function outcomeOf(sent: Sent, setting: object = {}, response?: unknown): Outcome {
  let decision: Decision | undefined;
  const guard = createGuard({
    policy: {
      mode: "enforce",
      onFailure: "block",
      protections: { "graphql-limits": { ...setting } },
      apis: [],
      endpoints: [],
      exceptions: [],
    },
    record: (record) => {
      decision = record.decision;
    },
    now: () => 0,
    newId: () => "id",
    protections: [graphqlLimits],
  });
  const body = typeof sent.body === "string" ? sent.body : JSON.stringify(sent.body);
  const headers: Header[] = [["content-type", sent.type ?? "application/json"]];
  const transaction = guard.open({ client: "192.0.2.1" });
  transaction.requestHeaders({
    method: sent.method ?? "POST",
    scheme: "http",
    authority: "shop.example",
    path: sent.path ?? "/graphql",
    query: sent.query ?? "",
    httpVersion: "1.1",
    headers,
  });
  if (sent.body !== undefined) transaction.requestBody(Buffer.from(body), true);
  let replaced: Uint8Array | undefined;
  if (response !== undefined) {
    transaction.responseHeaders({ status: 200, headers });
    const verdict = transaction.responseBody(Buffer.from(JSON.stringify(response)), true);
    if ("action" in verdict && verdict.action === "allow") replaced = verdict.replaceBody;
  }
  transaction.close();
  return { decision, replaced };
}

const decisionOn = (sent: Sent, setting: object = {}): Decision | undefined =>
  outcomeOf(sent, setting).decision;
const posted = (query: string, more: object = {}): Sent => ({ body: { query, ...more } });
const nested = (levels: number): string => `${"{a".repeat(levels)}${"}".repeat(levels)}`;
const times = (count: number, of: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => of(at)).join(" ");

describe("an operation that costs too much", () => {
  const doubling = times(30, (at) => `fragment f${at} on T { a ...f${at + 1} b ...f${at + 1} }`);

  test.each<[string, string, Sent, object?]>([
    ["depth", "too-deep", posted(nested(16))],
    ["depth that no parser survives", "too-deep", posted(nested(20_000))],
    ["depth of arguments", "too-deep", posted(`{a(b:${"[".repeat(9_000)}1${"]".repeat(9_000)})}`)],
    ["depth behind fragments", "too-deep", posted(`{...f} fragment f on T ${nested(16)}`)],
    ["breadth", "too-broad", posted(`{${times(101, (at) => `f${at}`)}}`)],
    [
      "fields",
      "too-many-fields",
      posted(`{${times(11, (at) => `x${at} {${times(100, (of) => `f${of}`)}}`)}}`),
    ],
    [
      "fields of fragments that double",
      "too-many-fields",
      posted(`{...f0} ${doubling} fragment f30 on T {a}`),
      { operationsMax: 100 },
    ],
    ["aliases", "too-many-aliases", posted(`{${times(31, (at) => `a${at}:me`)}}`)],
    ["repeated fields", "too-many-repeats", posted(`{${times(6, () => "me")}}`)],
    ["directives on one field", "too-many-directives", posted("{me @a @a @a @a @a}")],
    [
      "directives",
      "too-many-directives",
      posted(`{${times(51, (at) => `f${at} @skip(if:true)`)}}`),
    ],
    ["lists of lists", "too-costly", posted("{a(first:100){b(last:100){c(limit:100){id}}}}")],
    [
      "lists by variables",
      "too-costly",
      posted("query($n:Int){a(first:$n){id}}", { variables: { n: 1e9 } }),
    ],
    ["batches", "too-many-batched", { body: Array(6).fill({ query: "{me}" }) }],
    ["operations", "too-many-operations", posted(times(21, (at) => `query q${at} {me}`))],
    ["tokens", "too-many-tokens", posted(`{me(a:"${"x"}",${times(3_000, (at) => `b${at}:1`)})}`)],
    [
      "a fragment in a circle",
      "fragment-cycle",
      posted("{...a} fragment a on T {...b} fragment b on T {x{...a}}"),
    ],
    ["introspection", "introspection", posted("{__schema{types{name}}}")],
    [
      "circular introspection",
      "circular-introspection",
      posted("{__schema{types{fields{type{fields{name}}}}}}"),
      { introspection: "allow" },
    ],
    ["a broken document", "broken-document", posted("qwerty cop { abc }")],
    [
      "a mutation by GET",
      "mutation-by-get",
      { method: "GET", query: "query=mutation%20a%7Bdrop%7D" },
    ],
    [
      "depth by GET",
      "too-deep",
      { method: "GET", query: `query=${encodeURIComponent(nested(16))}` },
    ],
    ["depth in application/graphql", "too-deep", { type: "application/graphql", body: nested(16) }],
    [
      "depth in a form",
      "too-deep",
      {
        type: "application/x-www-form-urlencoded",
        body: `query=${encodeURIComponent(nested(16))}`,
      },
    ],
    [
      "depth in a multipart",
      "too-deep",
      {
        type: "multipart/form-data; boundary=x",
        body: `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query: nested(16) })}\r\n--x--\r\n`,
      },
    ],
    ["depth in a batch", "too-deep", { body: [{ query: "{me}" }, { query: nested(16) }] }],
    ["depth elsewhere than expected", "too-deep", { ...posted(nested(16)), path: "/api/data" }],
  ])("by %s is refused", (_what, code, sent, setting = {}) => {
    const decision = decisionOn(sent, setting);

    expect(decision?.detections.map(({ detector }) => detector)).toEqual([`graphql-${code}`]);
    expect(decision?.action).toBe("block");
  });

  test.each<[string, Sent, object?]>([
    ["of the greatest depth", posted(nested(15))],
    [
      "with fragments spread in several places",
      posted("{a{...f} b{...f}} fragment f on T {x y z}"),
    ],
    ["with aliases", posted(`{${times(30, (at) => `a${at}:me`)}}`)],
    ["with lists", posted("{a(first:100){b(first:50){id name}}}")],
    ["with conditions", posted("{a @include(if:$x) @skip(if:$y)}")],
    ["with braces in a string", posted(`{a(b:"${"{".repeat(500)}")}`)],
    ["asking for __typename", posted("{a{__typename id}}")],
    [
      "that is persisted",
      { body: { extensions: { persistedQuery: { version: 1, sha256Hash: "ab" } } } },
    ],
    ["in a batch", { body: Array(5).fill({ query: "{me}" }) }],
    ["by GET", { method: "GET", query: "query=%7Bme%7D" }],
    ["that is none", { path: "/search", body: { query: "query builder {{template" } }],
    [
      "that is a search of Elasticsearch",
      { path: "/search", body: { query: { match: { a: "b" } } } },
    ],
    [
      "of a tool, where introspection is allowed",
      posted(getIntrospectionQuery()),
      { introspection: "allow" },
    ],
  ])("is not one %s", (_what, sent, setting = {}) => {
    expect(decisionOn(sent, setting)).toBeUndefined();
  });
});

describe("names that errors suggest", () => {
  const response = {
    data: null,
    errors: [{ message: 'Cannot query "usr". Did you mean "user"?' }],
  };

  test("are reported, and left out where the options say so", () => {
    const reported = outcomeOf(posted("{usr}"), {}, response);
    expect(reported.decision?.detections[0]?.detector).toBe("graphql-suggestion");
    expect(reported.replaced).toBeUndefined();

    const masked = outcomeOf(posted("{usr}"), { suggestions: "mask" }, response);
    expect(Buffer.from(masked.replaced ?? []).toString()).toBe(
      '{"data":null,"errors":[{"message":"Cannot query \\"usr\\"."}]}',
    );
  });
});

test("nesting is counted in any text without an exception", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("{", "}", '"', "#", "\n", "\\", "a") }),
      (text) => {
        expect(documentNestingOf(text)).toBeLessThanOrEqual(text.length);
      },
    ),
  );
});

const corpus = "../shared/corpora/graphql";

describe.skipIf(!existsSync(corpus))("the corpus (skipped where it is absent)", () => {
  interface Case {
    readonly id: string;
    readonly label: string;
    readonly request: { method: string; path: string; headers: string[][]; body: string | null };
  }
  const linesOf = (file: string): string =>
    gunzipSync(readFileSync(`${corpus}/${file}`)).toString();

  test("every attack is refused with the limits as they come", () => {
    const cases = linesOf("graphql-cop.jsonl.gz").trim().split("\n");
    const passed = cases
      .map((line) => JSON.parse(line) as Case)
      .filter(({ label }) => label === "attack")
      .filter(({ request }) => {
        const [path = "", query = ""] = request.path.split("?", 2);
        const body = request.body === null ? {} : { body: request.body };
        return decisionOn({ method: request.method, path, query, ...body })?.action !== "block";
      });

    expect(passed.map(({ id }) => id)).toEqual([]);
  });

  test.each([
    "query($o:String!,$n:String!){repository(owner:$o,name:$n){name description stargazerCount forkCount primaryLanguage{name color} licenseInfo{spdxId} defaultBranchRef{target{... on Commit{history(first:20){nodes{oid messageHeadline author{name email date}}}}}}}}",
    "{viewer{login name repositories(first:50,orderBy:{field:UPDATED_AT,direction:DESC}){totalCount pageInfo{hasNextPage endCursor} nodes{id name isPrivate owner{login avatarUrl(size:40)} languages(first:5){edges{size node{name}}}}}}}",
    '{repository(owner:"a",name:"b"){issues(first:30,states:[OPEN]){nodes{number title author{login} labels(first:10){nodes{name color}} comments(last:5){totalCount nodes{bodyText createdAt author{login ... on User{name}}}}}} pullRequests(first:20){nodes{number title mergeable reviews(first:5){nodes{state author{login}}}}}}}',
    '{search(query:"is:pr",type:ISSUE,first:20){issueCount edges{cursor node{__typename ... on PullRequest{number title repository{nameWithOwner} commits(last:1){nodes{commit{statusCheckRollup{state contexts(first:20){nodes{... on CheckRun{name conclusion} ... on StatusContext{context state}}}}}}}}}}}}',
    "mutation($i:AddCommentInput!){addComment(input:$i){clientMutationId commentEdge{node{id url body}}}}",
    `{${times(20, (at) => `r${at}:repository(owner:"o",name:"n${at}"){...R}`)}} fragment R on Repository{id name updatedAt releases(first:1){nodes{tagName}}}`,
  ])("an honest operation against the schema there passes: %#", (operation) => {
    const schema = buildSchema(linesOf("github-schema.graphql.gz"), { assumeValid: true });
    expect(validate(schema, parse(operation))).toEqual([]);

    expect(decisionOn(posted(operation))).toBeUndefined();
  });
});
