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
  const { client, blocked, requests } = incident;
  const told = toldStepsOf(incident.steps);
  let place = "*";
  const clauses = told.slice(0, CLAUSES_MAX).map((step) => {
    // Naming the same endpoint in every clause would bury what was done to it.
    const isSamePlace = step.endpoint === "*" || step.endpoint === place;
    if (!isSamePlace) place = step.endpoint;
    return `${clauseOf(step)}${isSamePlace ? "" : ` at ${step.endpoint}`}`;
  });
  const more = told.length - clauses.length;
  if (more > 0) clauses.push(`did ${more} more things`);
  const outcome =
    blocked === 0
      ? `none of ${requests} requests was blocked`
      : `${blocked} of ${requests} requests were blocked`;
  return `${client} ${clauses.join(", then ")}; ${outcome}.`;
}

type ToldStep = Pick<IncidentStep, "kind" | "what" | "endpoint" | "count"> & {
  readonly isDecided: boolean;
};

/** Blocked and allowed steps of the same sort as one; lesser signs left out where there are attacks. */
function toldStepsOf(steps: readonly IncidentStep[]): readonly ToldStep[] {
  const isAttacked = steps.some(({ kind }) => kind === "attack" || kind === "escalation");
  const told = new Map<string, ToldStep>();
  for (const { kind, what, endpoint, count, decision } of steps) {
    const isDecided = decision !== undefined;
    if (isAttacked && isDecided && kind === "probe") continue;
    const key = `${kind} ${what} ${endpoint}`;
    const before = told.get(key)?.count ?? 0;
    told.set(key, { kind, what, endpoint, count: before + count, isDecided });
  }
  return [...told.values()];
}

function clauseOf({ kind, what, count, isDecided }: ToldStep): string {
  // Reconnaissance has its count in the sentence already.
  if (!isDecided) return what;
  const times = count === 1 ? "" : ` (${count} times)`;
  if (kind === "escalation") return `went on to ${what}${times}`;
  if (kind === "attack") return `attacked with ${what}${times}`;
  return `${what.startsWith("sent ") ? what : `probed with ${what}`}${times}`;
}
