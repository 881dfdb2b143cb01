import { headerOf } from "../../../model/exchange.ts";
import { tryParseEndpointPattern } from "../../endpoint-pattern.ts";
import { matchingSegmentsOf } from "../../matching-path.ts";
import type { ExchangeContext } from "../../protection.ts";
import { createEndpointFilter } from "../rate-limits/endpoint-filter.ts";

/** `path.userId == token.sub` at some endpoints. */
export interface OwnershipRule {
  readonly appliesTo: (context: ExchangeContext) => boolean;
  /** Whether both sides are there and equal. */
  holds(context: ExchangeContext): boolean;
}

type Side = (context: ExchangeContext) => readonly string[];

const expression =
  /^\s*(path|query|header)\.([A-Za-z0-9_-]{1,100})\s*==\s*(token|principal)\.([A-Za-z0-9_:./-]{1,200})\s*$/;

/** Whether the text is an ownership rule: `path.NAME == token.CLAIM` or `== principal.id`. */
export function isOwnershipRule(text: string): boolean {
  const [, , , right, name] = expression.exec(text) ?? [];
  return right === "token" || name === "id";
}

/** Compiles a rule for the endpoints that the patterns name. */
export function createOwnershipRule(patterns: readonly string[], text: string): OwnershipRule {
  const [, left = "", name = "", right = "", claim = ""] = expression.exec(text) ?? [];
  const read = left === "path" ? pathSide(patterns, name) : headSide(left, name);
  return {
    appliesTo: createEndpointFilter(patterns),
    holds(context) {
      const wanted = principalSide(context, right, claim);
      const given = read(context);
      return wanted !== undefined && given.length > 0 && given.every((value) => value === wanted);
    },
  };
}

function principalSide(
  { principal }: ExchangeContext,
  right: string,
  claim: string,
): string | undefined {
  if (right === "principal") return principal?.id;
  const value = principal?.claims?.[claim];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** Every value of that name: a repeated parameter must not hide another one. */
function headSide(left: string, name: string): Side {
  if (left === "query") return ({ request }) => new URLSearchParams(request.query).getAll(name);
  return ({ request }) => {
    const value = headerOf(request.headers, name.toLowerCase());
    return value === undefined ? [] : [value];
  };
}

function pathSide(patterns: readonly string[], name: string): Side {
  const places = patterns.flatMap((text) => {
    const segments = tryParseEndpointPattern(text)?.segments ?? [];
    const index = segments.indexOf(`{${name}}`);
    return index < 0 ? [] : [{ index, length: segments.length }];
  });
  return ({ request }) => {
    const segments = matchingSegmentsOf(request.path);
    const place = places.find(({ length }) => length === segments.length);
    const value = place === undefined ? undefined : segments[place.index];
    return value === undefined ? [] : [value];
  };
}
