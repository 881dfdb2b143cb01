import { gravityOf, type MatchedVulnerability } from "../components/vulnerability.ts";
import type { RiskFactor } from "../risk-factor.ts";

const vulnerabilitiesTold = 3;

/** The software behind has published holes. */
export const vulnerableWorkload: RiskFactor = {
  id: "vulnerable-workload",
  summary: "The software that serves the endpoint has known vulnerabilities.",
  remedy:
    "Update the named components to a version that mends them, the exploited ones first, and deploy.",
  references: ["API8:2023", "API7:2019", "CWE-1395", "CWE-1104"],

  assess(profile, surroundings) {
    const workload = surroundings.workload(profile);
    const [worst] = workload?.vulnerabilities ?? [];
    if (workload === undefined || worst === undefined) return undefined;
    const { vulnerabilities, components, name, sources } = workload;
    const further = vulnerabilities.length - vulnerabilitiesTold;
    const told = vulnerabilities.slice(0, vulnerabilitiesTold).map(toldOf).join("; ");
    return {
      strength: Math.min(1, gravityOf(worst) + 0.01 * (vulnerabilities.length - 1)),
      // In the bill of materials is not yet reachable from this endpoint.
      confidence: worst.isExploited || worst.isMalware ? 0.9 : 0.6,
      seen: vulnerabilities.length,
      evidence: `Workload ${name} (${components.toLocaleString("en")} components of ${sources.join(", ")}) holds ${told}${further > 0 ? `; and ${further.toLocaleString("en")} more` : ""}.`,
    };
  },
};

function toldOf(vulnerability: MatchedVulnerability): string {
  const { id, aliases, component, cvss, isExploited, epss, fixed, isMalware } = vulnerability;
  const cve = aliases.find((alias) => alias.startsWith("CVE-"));
  const facts = [
    cvss === undefined ? "no CVSS" : `CVSS ${cvss.toFixed(1)}`,
    ...(isMalware ? ["malicious package"] : []),
    ...(isExploited ? ["known to be exploited"] : []),
    ...(epss === undefined ? [] : [`EPSS ${(epss * 100).toFixed(1)} %`]),
    ...(fixed.length === 0 ? [] : [`fixed in ${fixed.join(", ")}`]),
  ];
  const names = cve === undefined ? id : `${id}, ${cve}`;
  return `${component.name} ${component.version}: ${names} (${facts.join(", ")})`;
}
