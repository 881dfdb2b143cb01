import { Resolver } from "@stoplight/json-ref-resolver";
import { type IRuleResult, type RulesetDefinition, Spectral } from "@stoplight/spectral-core";
import owaspRules from "@stoplight/spectral-owasp-ruleset";
import { type LintResult, operationKeyOf } from "./lint-result.ts";

const methods: ReadonlySet<string> = new Set(
  "get put post delete options head patch trace query".split(" "),
);
const resultsMax = 20_000;
const messageCharactersMax = 300;

/**
 * Runs the OWASP rules over an OpenAPI document. May take long on hostile input: only ever called in
 * a thread that can be ended. References to files and addresses are not followed.
 */
export async function lintSpecification(
  root: Readonly<Record<string, unknown>>,
  source: string,
): Promise<readonly LintResult[]> {
  // Without resolvers for any scheme nothing is read from disk or network.
  const spectral = new Spectral({ resolver: new Resolver() });
  // Its types describe the CommonJS form, where the rules are one level deeper.
  spectral.setRuleset(owaspRules as unknown as RulesetDefinition);
  const results = await spectral.run(structuredClone(root));
  return grouped(results.slice(0, resultsMax), source);
}

/** One result for each rule and operation, with the first place and how many there are. */
function grouped(results: readonly IRuleResult[], source: string): readonly LintResult[] {
  const groups = new Map<string, LintResult>();
  for (const { code, message, path } of results) {
    const rule = String(code);
    const operation = operationOf(path, source);
    const key = `${rule} ${operation ?? ""}`;
    const known = groups.get(key);
    groups.set(
      key,
      known === undefined
        ? {
            rule,
            message: message.slice(0, messageCharactersMax),
            source,
            ...(operation === undefined ? {} : { operation }),
            pointer: pointerOf(path),
            count: 1,
          }
        : { ...known, count: known.count + 1 },
    );
  }
  return [...groups.values()];
}

function operationOf(path: readonly (string | number)[], source: string): string | undefined {
  const [area, template, method] = path;
  if (area !== "paths" || typeof template !== "string" || typeof method !== "string") {
    return undefined;
  }
  return methods.has(method) ? operationKeyOf(source, method, template) : undefined;
}

function pointerOf(path: readonly (string | number)[]): string {
  return path
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}
