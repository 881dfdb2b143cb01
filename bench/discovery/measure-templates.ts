import { createInventory, type Inventory } from "../../src/discovery/inventory.ts";
import { shapeOf } from "../../src/discovery/paths/template-shape.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import type { Specification } from "../../src/specifications/specification.ts";
import type { GroundTruth, LabelledRequest } from "./ground-truth.ts";

export interface TemplateMeasures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Recall of operations seen at least so often. */
  readonly recall5: number;
  readonly recall20: number;
  /** Share of requests whose endpoint is exactly their operation. */
  readonly grouped: number;
  /** Endpoints that hold one operation in several pieces; operations that share an endpoint. */
  readonly split: number;
  readonly merged: number;
  readonly shadowPrecision: number;
  readonly shadowRecall: number;
  readonly deprecatedPrecision: number;
  readonly deprecatedRecall: number;
}

/** Runs the traffic of one API through a fresh inventory and compares the endpoints with the truth. */
export function measureTemplates(
  truth: GroundTruth,
  options: { readonly requests: number; readonly withSpecification: boolean },
): TemplateMeasures {
  const inventory = createInventory();
  if (options.withSpecification) inventory.addSpecification(specificationOf(truth));
  const requests = truth.requests.slice(0, options.requests);
  for (const [at, request] of requests.entries())
    inventory.learn({ exchange: exchangeOf(request, at) });
  const endpoints = [...inventory.endpoints()].filter(({ calls }) => calls > 0);
  const found = new Set(endpoints.map(({ method, path }) => keyOf(method, path)));
  const called = countCalled(requests);
  const right = intersection(found, called);
  const precision = ratio(right, found.size);
  const recall = ratio(right, called.size);
  return {
    precision,
    recall,
    f1: ratio(2 * precision * recall, precision + recall),
    recall5: recallOfSeen(found, called, 5),
    recall20: recallOfSeen(found, called, 20),
    ...groupingOf(inventory, requests),
    ...lifecyclesOf(endpoints, requests),
  };
}

function exchangeOf(request: LabelledRequest, at: number): Exchange {
  const mark = request.target.indexOf("?");
  return {
    id: `r${at}`,
    timeMs: request.timeMs,
    client: `198.51.${user(request) >> 8}.${user(request) & 255}`,
    request: {
      method: request.method,
      scheme: "https",
      authority: request.host,
      path: mark < 0 ? request.target : request.target.slice(0, mark),
      query: mark < 0 ? "" : request.target.slice(mark + 1),
      httpVersion: "1.1",
      headers: [["host", request.host]],
    },
    response: { status: request.status, headers: [] },
  };
}

function user({ user: name }: LabelledRequest): number {
  return Number(name.slice(1));
}

function specificationOf({ name, documented }: GroundTruth): Specification {
  return {
    source: name,
    title: name,
    version: "1",
    hosts: [],
    operations: documented.map(({ method, template, deprecated }) => ({
      method,
      path: template,
      deprecated,
      parameters: [],
    })),
  };
}

function keyOf(method: string, template: string): string {
  return `${method} ${shapeOf(template)}`;
}

function countCalled(requests: readonly LabelledRequest[]): ReadonlyMap<string, number> {
  const called = new Map<string, number>();
  for (const { operation } of requests) {
    if (operation === undefined) continue;
    const key = keyOf(operation.method, operation.template);
    called.set(key, (called.get(key) ?? 0) + 1);
  }
  return called;
}

function recallOfSeen(
  found: ReadonlySet<string>,
  called: ReadonlyMap<string, number>,
  least: number,
): number {
  const often = [...called].filter(([, count]) => count >= least).map(([key]) => key);
  return ratio(often.filter((key) => found.has(key)).length, often.length);
}

function groupingOf(
  inventory: Inventory,
  requests: readonly LabelledRequest[],
): Pick<TemplateMeasures, "grouped" | "split" | "merged"> {
  const pieces = new Map<string, Set<string>>();
  const held = new Map<string, Set<string>>();
  let right = 0;
  let total = 0;
  for (const { method, host, target, operation } of requests) {
    if (operation === undefined) continue;
    total += 1;
    const id = inventory.endpointOf(method, host, target.split("?", 1)[0] ?? "")?.id;
    const path = id === undefined ? undefined : inventory.endpoint(id)?.path;
    const wanted = keyOf(operation.method, operation.template);
    const got = path === undefined ? "" : keyOf(method, path);
    if (got === wanted) right += 1;
    if (got === "") continue;
    addTo(pieces, wanted, got);
    addTo(held, got, wanted);
  }
  return {
    grouped: ratio(right, total),
    split: ratio([...pieces.values()].filter(({ size }) => size > 1).length, pieces.size),
    merged: ratio([...held.values()].filter(({ size }) => size > 1).length, held.size),
  };
}

function addTo(sets: Map<string, Set<string>>, key: string, value: string): void {
  const set = sets.get(key) ?? new Set();
  sets.set(key, set.add(value));
}

function lifecyclesOf(
  endpoints: readonly { method: string; path: string; lifecycle: string; deprecated: boolean }[],
  requests: readonly LabelledRequest[],
): Pick<
  TemplateMeasures,
  "shadowPrecision" | "shadowRecall" | "deprecatedPrecision" | "deprecatedRecall"
> {
  const shadow = new Set<string>();
  const deprecated = new Set<string>();
  for (const { operation } of requests) {
    if (operation?.shadow === true) shadow.add(keyOf(operation.method, operation.template));
    if (operation?.deprecated === true) deprecated.add(keyOf(operation.method, operation.template));
  }
  const calledShadow = endpoints.filter(({ lifecycle }) => lifecycle === "undocumented");
  const calledDeprecated = endpoints.filter((endpoint) => endpoint.deprecated);
  return {
    ...named("shadow", calledShadow, shadow),
    ...named("deprecated", calledDeprecated, deprecated),
  };
}

function named<Name extends "shadow" | "deprecated">(
  name: Name,
  endpoints: readonly { method: string; path: string }[],
  truth: ReadonlySet<string>,
): Record<`${Name}Precision` | `${Name}Recall`, number> {
  const found = new Set(endpoints.map(({ method, path }) => keyOf(method, path)));
  const right = [...found].filter((key) => truth.has(key)).length;
  return {
    [`${name}Precision`]: found.size === 0 ? 1 : right / found.size,
    [`${name}Recall`]: truth.size === 0 ? 1 : right / truth.size,
  } as Record<`${Name}Precision` | `${Name}Recall`, number>;
}

function intersection(found: ReadonlySet<string>, called: ReadonlyMap<string, number>): number {
  return [...found].filter((key) => called.has(key)).length;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
