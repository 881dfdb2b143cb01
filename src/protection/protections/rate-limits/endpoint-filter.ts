import { createEndpointMatcher } from "../../endpoint-matcher.ts";
import { tryParseEndpointPattern } from "../../endpoint-pattern.ts";
import { matchingSegmentsOf } from "../../matching-path.ts";
import type { ExchangeContext } from "../../protection.ts";

/** Whether a request is at one of the places that patterns name; no pattern names every place. */
export function createEndpointFilter(
  patterns: readonly string[],
): (context: ExchangeContext) => boolean {
  if (patterns.length === 0) return () => true;
  const entries = patterns.flatMap((text) => {
    const pattern = tryParseEndpointPattern(text);
    return pattern === undefined ? [] : [{ pattern, entry: true }];
  });
  const matcher = createEndpointMatcher(entries);
  return ({ request }) =>
    matcher.match(
      request.method.toUpperCase(),
      request.authority.toLowerCase(),
      matchingSegmentsOf(request.path),
    ).length > 0;
}
