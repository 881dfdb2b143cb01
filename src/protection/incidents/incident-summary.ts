import type { Incident, IncidentStep } from "../../model/incident.ts";

/** How bad it is: what got through weighs more than what was stopped. */
export function severityOf(steps: readonly IncidentStep[]): Incident["severity"] {
  const open = steps.filter(({ action }) => action === "allow");
  if (open.some(({ kind }) => kind === "escalation")) return "critical";
  if (open.some(({ kind }) => kind === "attack")) return "high";
  if (steps.some(({ kind }) => kind === "escalation")) return "high";
  if (steps.some(({ kind, decision }) => kind === "attack" || decision !== undefined)) {
    return "medium";
  }
  return "low";
}

const CLAUSES_MAX = 6;

/** One sentence that tells the story in its order. */
export function summaryOf(
  incident: Pick<Incident, "client" | "steps" | "blocked" | "requests">,
): string {
  const clauses = incident.steps.slice(0, CLAUSES_MAX).map(clauseOf);
  const more = incident.steps.length - clauses.length;
  if (more > 0) clauses.push(`${more} more`);
  const outcome =
    incident.blocked === 0
      ? `none of ${incident.requests} requests was blocked`
      : `${incident.blocked} of ${incident.requests} requests were blocked`;
  return `${incident.client} ${clauses.join(", then ")}; ${outcome}.`;
}

function clauseOf({ kind, what, endpoint, count, decision }: IncidentStep): string {
  const place = endpoint === "*" ? "" : ` at ${endpoint}`;
  // A count that stands in the sentence already needs no repetition.
  const times = decision === undefined || count === 1 ? "" : ` (${count} times)`;
  if (decision === undefined) return `${what}${place}`;
  if (kind === "escalation") return `went on to ${what}${place}${times}`;
  if (kind === "attack") return `attacked with ${what}${place}${times}`;
  return `${what.startsWith("sent") ? what : `probed with ${what}`}${place}${times}`;
}
