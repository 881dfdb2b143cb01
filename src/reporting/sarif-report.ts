import type { Log, ReportingDescriptor, Result } from "sarif";
import type { Finding } from "../risk/finding.ts";
import { byUrgency } from "./risk-report.ts";

const schema =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** Security severity as code scanning reads it (0 to 10). */
const severities: Readonly<Record<Finding["severity"], string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.5",
};
const resultLevels: Readonly<Record<Finding["severity"], Result.level>> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
};

/** Findings as SARIF 2.1.0, for code scanning; the fingerprint is the finding's id. */
export function sarifOf(findings: readonly Finding[], version: string): Log {
  const ranked = findings.toSorted(byUrgency);
  const rules = rulesOf(ranked);
  const indexes = new Map(rules.map(({ id }, at) => [id, at]));
  return {
    $schema: schema,
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Merlon", version, rules } },
        // An endpoint is no file: its address stands for it as a logical location, too.
        originalUriBaseIds: { API: { description: { text: "The APIs that were looked at." } } },
        columnKind: "utf16CodeUnits",
        results: ranked.map((finding) => resultOf(finding, indexes.get(ruleIdOf(finding)) ?? 0)),
      },
    ],
  };
}

function ruleIdOf({ factor, part }: Finding): string {
  return part === undefined ? factor : `${factor}/${part}`;
}

function rulesOf(findings: readonly Finding[]): ReportingDescriptor[] {
  const worst = new Map<string, Finding>();
  // Ranked: the first of a rule is its worst.
  for (const finding of findings) {
    if (!worst.has(ruleIdOf(finding))) worst.set(ruleIdOf(finding), finding);
  }
  return [...worst].map(([id, { factor, title, remedy, references, severity }]) => ({
    id,
    name: pascalCase(factor),
    shortDescription: { text: title },
    fullDescription: { text: title },
    help: { text: remedy },
    defaultConfiguration: { level: resultLevels[severity] },
    properties: {
      tags: ["security", ...references.map(tagOf)],
      "security-severity": severities[severity],
      precision: "high",
    },
  }));
}

/** `CWE-89` as code scanning expects it: `external/cwe/cwe-089`. */
function tagOf(reference: string): string {
  const cwe = /^CWE-(\d+)$/.exec(reference)?.[1];
  return cwe === undefined ? reference : `external/cwe/cwe-${cwe.padStart(3, "0")}`;
}

function pascalCase(id: string): string {
  return id.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

function resultOf(finding: Finding, ruleIndex: number): Result {
  const { id, endpoint, evidence, remedy, severity, points, confidence, state } = finding;
  return {
    ruleId: ruleIdOf(finding),
    ruleIndex,
    level: resultLevels[severity],
    kind: "fail",
    message: { text: `${finding.title} ${evidence} ${remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: addressOf(endpoint), uriBaseId: "API" },
          region: { startLine: 1 },
        },
        logicalLocations: [{ fullyQualifiedName: endpoint, kind: "resource" }],
      },
    ],
    partialFingerprints: { "merlonFinding/v1": id },
    baselineState: state === "fixed" ? "absent" : "unchanged",
    ...suppressionOf(finding),
    properties: {
      points,
      confidence,
      endpointScore: finding.endpointScore,
      firstSeen: new Date(finding.firstSeenMs).toISOString(),
      ...(finding.owner === undefined ? {} : { owner: finding.owner }),
    },
  };
}

/** `GET shop.example/a/{id}` → `shop.example/a/%7Bid%7D/GET`, a relative reference (RFC 3986). */
function addressOf(endpoint: string): string {
  const [method = "", place = "", ...operation] = endpoint.split(" ");
  const path = [...place.split("/"), method, ...operation];
  return path.map((segment) => encodeURIComponent(segment)).join("/");
}

function suppressionOf({ acceptance }: Finding): Pick<Result, "suppressions"> {
  if (acceptance === undefined) return {};
  const until = new Date(acceptance.untilMs).toISOString().slice(0, 10);
  return {
    suppressions: [
      {
        kind: "external",
        status: "accepted",
        justification: `${acceptance.reason} (accepted by ${acceptance.by} until ${until})`,
      },
    ],
  };
}
