import type { Endpoint } from "../../model/endpoint.ts";
import { builtInRiskFactors } from "../../risk/factors/index.ts";
import type { Finding } from "../../risk/finding.ts";
import type { RiskReport } from "../risk-report.ts";
import { type Control, type ControlQuery, type Framework, queryTextOf } from "./control.ts";
import { frameworks } from "./frameworks-table.ts";
import { lastHeldMs } from "./last-held.ts";
import { owaspItems } from "./owasp-table.ts";

/** Whether a control holds now, what proves it, and since when that is so. */
export interface ControlResult {
  readonly id: string;
  readonly asks: string;
  /** `unknown`: nothing was observed that it could be told from. */
  readonly state: "holds" | "fails" | "unknown";
  /** The request to the console's API whose answer is empty when the control holds. */
  readonly query: string;
  /** Findings that speak against it. */
  readonly open: number;
  /** Findings that would, and whose risk was accepted. */
  readonly accepted: number;
  /** The last instant at which no finding spoke against it; missing when never while we looked. */
  readonly lastHeldMs?: number;
}

export interface FrameworkResult {
  readonly id: string;
  readonly name: string;
  readonly controls: readonly ControlResult[];
}

type Assessed = Pick<RiskReport, "endpoints" | "findings" | "generatedMs" | "sinceMs">;

/** Asks every control of every framework, OWASP first. */
export function assessCompliance(report: Assessed): readonly FrameworkResult[] {
  return [...owaspFrameworks(), ...frameworks].map(({ id, name, controls }) => ({
    id,
    name,
    controls: controls.map((control) => resultOf(control, report)),
  }));
}

type AskedControl = Control & { readonly reference?: string };

function owaspFrameworks(): readonly (Omit<Framework, "controls"> & {
  readonly controls: readonly AskedControl[];
})[] {
  return (["2023", "2019"] as const).map((edition) => ({
    id: `owasp-api-${edition}`,
    name: `OWASP API Security Top 10 ${edition}`,
    controls: owaspItems
      .filter((item) => item.edition === edition)
      .map(({ id, name }) => ({ id, asks: `${name}.`, query: { factors: [] }, reference: id })),
  }));
}

function resultOf(control: AskedControl, report: Assessed): ControlResult {
  const { id, asks, query, reference } = control;
  const against = report.findings.filter(
    reference === undefined
      ? answering(query, report.endpoints)
      : ({ references }) => references.includes(reference),
  );
  const open = against.filter(({ state }) => state === "open").length;
  const held = lastHeldMs(against, { sinceMs: report.sinceMs, nowMs: report.generatedMs });
  const isKnown =
    against.length > 0 ||
    (report.endpoints.some(({ calls }) => calls > 0) && isLookedFor(reference));
  return {
    id,
    asks,
    state: !isKnown ? "unknown" : open > 0 ? "fails" : "holds",
    query:
      reference === undefined
        ? queryTextOf(query)
        : `/api/findings?state=open&reference=${encodeURIComponent(reference)}`,
    open,
    accepted: against.filter(({ state }) => state === "accepted").length,
    ...(held === undefined || !isKnown ? {} : { lastHeldMs: held }),
  };
}

/** Nothing found proves nothing where no factor looks for it. */
function isLookedFor(reference: string | undefined): boolean {
  return (
    reference === undefined ||
    builtInRiskFactors.some(({ references }) => references.includes(reference))
  );
}

function answering(
  { factors, dataClasses }: ControlQuery,
  endpoints: readonly Endpoint[],
): (finding: Finding) => boolean {
  const wanted = new Set(factors);
  if (dataClasses === undefined) return ({ factor }) => wanted.has(factor);
  const answering = endpointsWithData(endpoints, dataClasses);
  return ({ factor, endpointId }) => wanted.has(factor) && answering.has(endpointId);
}

/** Endpoints whose answers carry one of the classes. */
export function endpointsWithData(
  endpoints: readonly Endpoint[],
  dataClasses: readonly string[],
): ReadonlySet<string> {
  const classes = new Set(dataClasses);
  return new Set(
    endpoints
      .filter(({ sensitiveData }) =>
        sensitiveData.some((place) => place.in === "response" && classes.has(place.class)),
      )
      .map(({ id }) => id),
  );
}
