import { assessCompliance } from "./compliance/assess-compliance.ts";
import { byUrgency, type RiskReport } from "./risk-report.ts";

/** The report as one JSON document: a public format that only grows. */
export function jsonReportOf(report: RiskReport): object {
  const { version, generatedMs, subject, sinceMs, endpoints, findings, fixes, workloads } = report;
  return {
    version,
    generated: new Date(generatedMs).toISOString(),
    subject,
    since: new Date(sinceMs).toISOString(),
    total: fixes.total,
    fixes: fixes.fixes,
    totalAfterFixes: fixes.totalAfter,
    findings: findings.toSorted(byUrgency),
    endpoints: endpoints.map(({ id, method, host, path, operation, lifecycle, calls, risk }) => ({
      id,
      method,
      host,
      path,
      ...(operation === undefined ? {} : { operation }),
      lifecycle,
      calls,
      risk,
    })),
    workloads,
    compliance: assessCompliance(report),
    history: report.history.map(({ timeMs, score }) => ({
      time: new Date(timeMs).toISOString(),
      score,
    })),
  };
}
