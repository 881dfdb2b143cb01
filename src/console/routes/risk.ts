import { z } from "zod";
import { assessCompliance } from "../../reporting/compliance/assess-compliance.ts";
import { csvOf } from "../../reporting/csv-report.ts";
import { htmlReportOf } from "../../reporting/html/html-report.ts";
import { jsonReportOf } from "../../reporting/json-report.ts";
import { byUrgency, type RiskReport } from "../../reporting/risk-report.ts";
import { sarifOf } from "../../reporting/sarif-report.ts";
import type { ComplianceView, RiskView } from "../contract.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import { validated } from "../validate.ts";
import { findingQuery, wantedFindings } from "./findings.ts";

const formatOption = z.enum(["html", "sarif", "json", "csv"]).default("html");

const mediaTypes = {
  html: "text/html; charset=utf-8",
  sarif: "application/sarif+json",
  json: "application/json",
  csv: "text/csv; charset=utf-8",
} as const;

/** The sum of all risks, what would lower it, how it moved, and what it means for frameworks. */
export const riskRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/risk",
    access: "own-password",
    async answer(_request, { backend: { risk } }) {
      const view: RiskView = { ...risk.counterfactual(), history: await risk.history("*") };
      return { status: 200, json: view };
    },
  },
  {
    method: "GET",
    path: "/api/risk/:id",
    access: "own-password",
    async answer({ parameters }, { backend }) {
      const id = parameters["id"] ?? "";
      if (backend.endpoint(id) === undefined) throw new Problem(404, "There is no such endpoint.");
      const { risk } = backend;
      const view: RiskView = { ...risk.counterfactual(id), history: await risk.history(id) };
      return { status: 200, json: view };
    },
  },
  {
    method: "GET",
    path: "/api/compliance",
    access: "own-password",
    async answer(_request, { backend: { risk } }) {
      const report = await risk.report();
      const view: ComplianceView = {
        sinceMs: report.sinceMs,
        frameworks: assessCompliance(report),
      };
      return { status: 200, json: view };
    },
  },
  {
    method: "GET",
    path: "/api/report",
    access: "own-password",
    async answer({ query }, services) {
      const { format: written, ...filters } = Object.fromEntries(query);
      const format = validated(formatOption, written);
      const findings = wantedFindings(validated(findingQuery, filters), services);
      const report = { ...(await services.backend.risk.report()), findings };
      return {
        status: 200,
        text: writtenReport(format, report),
        headers: {
          "content-type": mediaTypes[format],
          // Never shown on the console's own origin: it is a document, not a page of the console.
          "content-disposition": `attachment; filename="merlon-report.${format}"`,
        },
      };
    },
  },
];

function writtenReport(format: keyof typeof mediaTypes, report: RiskReport): string {
  switch (format) {
    case "html":
      return htmlReportOf(report);
    case "sarif":
      return JSON.stringify(sarifOf(report.findings, report.version));
    case "json":
      return JSON.stringify(jsonReportOf(report));
    case "csv":
      return csvOf(report.findings.toSorted(byUrgency));
  }
}
