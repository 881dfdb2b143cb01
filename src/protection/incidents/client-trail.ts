import { builtInDetectors } from "../../detection/detectors/index.ts";
import { type Decision, isHostile } from "../../model/decision.ts";
import { headerOf, type RequestHead } from "../../model/exchange.ts";
import type { Incident, IncidentStep } from "../../model/incident.ts";
import type { Observation } from "../incident-tracker.ts";
import { severityOf, summaryOf } from "./incident-summary.ts";
import { hashOf, observedParametersOf } from "./observed-parameters.ts";

/** How the behaviour of a client is counted: over a window that starts with its first request. */
const WINDOW_MS = 60_000;

/** From here on a behaviour is noted, and told if the client turns out to attack. */
const MISSING_PATHS_NOTED = 4;
const REFUSALS_NOTED = 5;
const VALUES_NOTED = 5;

/** From here on it is an incident on its own. Honest clients stay far below within a minute. */
const MISSING_PATHS_ALARMING = 20;
const REFUSALS_ALARMING = 20;
const VALUES_ALARMING = 50;

/** Parameters watched at a time, and values remembered of each. */
const PARAMETERS_MAX = 4;
const VALUES_MAX = VALUES_ALARMING;

const STEPS_MAX = 50;
const DETECTORS_MAX = 50;
const ENDPOINT_LENGTH_MAX = 200;

/** Getting a command, a template or an object to run is what an attacker goes on to. */
const escalating: ReadonlySet<string> = new Set(["command-injection", "os-command-injection"]);

interface Window {
  readonly startMs: number;
  readonly missing: Set<number>;
  refusals: number;
  readonly parameters: Map<string, { readonly values: Set<number>; failed: number }>;
}

interface NotedStep extends IncidentStep {
  /** Steps of the same topic are one step that counts. */
  readonly topic: string;
}

type NewStep = Omit<NotedStep, "timeMs" | "count" | "action"> & { readonly isAlarming: boolean };

/** What somebody does on purpose; a call that breaks its description, or an answer that leaks, is none. */
const ofAttacks: ReadonlySet<string> = new Set([
  ...builtInDetectors.map(({ id }) => id),
  "function-authorization",
  "object-authorization",
]);

/** What one client did lately; becomes an incident once something alarming is among it. */
export class ClientTrail {
  lastSeenMs = 0;
  readonly #client: string;
  readonly #newId: () => string;
  readonly #detectors = new Map<string, number>();
  #id: string | undefined;
  #steps: NotedStep[] = [];
  #requests = 0;
  #blocked = 0;
  #window: Window = emptyWindow(0);

  constructor(client: string, newId: () => string) {
    this.#client = client;
    this.#newId = newId;
  }

  observe(observation: Observation): Incident | undefined {
    const { exchange, decision } = observation.record;
    const { timeMs } = exchange;
    this.lastSeenMs = Math.max(this.lastSeenMs, timeMs);
    if (timeMs - this.#window.startMs > WINDOW_MS) this.#window = emptyWindow(timeMs);

    const steps = [...this.#reconnaissance(observation), ...this.#attacks(observation)];
    if (steps.length === 0) return undefined;

    const action = decision?.action ?? "allow";
    this.#requests += 1;
    if (action === "block") this.#blocked += 1;
    for (const step of steps) this.#note(step, timeMs, action);
    this.#countDetectors(decision);
    if (steps.some(({ isAlarming }) => isAlarming)) this.#id ??= this.#newId();
    return this.#id === undefined ? undefined : this.#incident(this.#id);
  }

  #reconnaissance(observation: Observation): NewStep[] {
    const { exchange } = observation.record;
    const status = exchange.response?.status;
    const endpoint = endpointOf(observation);
    const steps: NewStep[] = [];
    if (isHidden(observation.lifecycle) && !hasCredentials(exchange.request)) {
      const what = `used the ${observation.lifecycle} endpoint without credentials`;
      steps.push({ kind: "reconnaissance", endpoint, what, topic: "hidden", isAlarming: false });
    }
    if (status === 404) steps.push(...this.#missing(exchange.request.path));
    if (status === 401 || status === 403) steps.push(...this.#refused());
    steps.push(...this.#values(observation, endpoint));
    return steps;
  }

  #missing(path: string): NewStep[] {
    const { missing } = this.#window;
    if (missing.size < MISSING_PATHS_ALARMING) missing.add(hashOf(path));
    if (missing.size < MISSING_PATHS_NOTED) return [];
    return [
      {
        kind: "reconnaissance",
        endpoint: "*",
        what: `asked for ${atLeast(missing.size, MISSING_PATHS_ALARMING)} paths that do not exist`,
        topic: "missing",
        isAlarming: missing.size >= MISSING_PATHS_ALARMING,
      },
    ];
  }

  #refused(): NewStep[] {
    this.#window.refusals += 1;
    const { refusals } = this.#window;
    if (refusals < REFUSALS_NOTED) return [];
    return [
      {
        kind: "reconnaissance",
        endpoint: "*",
        what: `was refused ${refusals} times within a minute for want of valid credentials`,
        topic: "refused",
        isAlarming: refusals >= REFUSALS_ALARMING,
      },
    ];
  }

  /** Many values of one parameter: a scanner looking for a hole, or somebody counting through ids. */
  #values({ record, endpointKey }: Observation, endpoint: string): NewStep[] {
    const { parameters } = this.#window;
    const isFailed = (record.exchange.response?.status ?? 400) >= 400;
    const steps: NewStep[] = [];
    for (const { name, value } of observedParametersOf(record.exchange.request, endpointKey)) {
      const key = `${endpoint} ${name}`;
      const seen = parameters.get(key) ?? { values: new Set(), failed: 0 };
      if (!parameters.has(key) && parameters.size >= PARAMETERS_MAX) continue;
      parameters.set(key, seen);
      if (seen.values.size < VALUES_MAX) seen.values.add(hashOf(value));
      if (isFailed) seen.failed += 1;
      if (seen.values.size < VALUES_NOTED) continue;
      steps.push({
        kind: "probe",
        endpoint,
        what: `tried ${atLeast(seen.values.size, VALUES_MAX)} values of ${name}`,
        topic: `values ${name}`,
        // Half of them failing is what tells guessing from a long list being shown.
        isAlarming: seen.values.size >= VALUES_ALARMING && seen.failed * 2 >= VALUES_ALARMING,
      });
    }
    return steps;
  }

  #attacks(observation: Observation): NewStep[] {
    const { decision } = observation.record;
    if (decision === undefined) return [];
    const endpoint = endpointOf(observation);
    const isAttack = isHostile(decision);
    const seen = new Set(
      decision.detections.map(({ detector }) => detector).filter((id) => ofAttacks.has(id)),
    );
    const steps = [...seen].map((detector): NewStep => {
      const kind = isAttack ? (escalating.has(detector) ? "escalation" : "attack") : "probe";
      return {
        decision: decision.id,
        kind,
        endpoint,
        what: `${detector} in ${placesOf(decision, detector)}`,
        topic: `${detector} ${decision.action}`,
        isAlarming: isAttack,
      };
    });
    if (steps.length > 0 || !isAttack) return steps;
    const [verdict] = decision.verdicts.filter(({ action }) => action === "block");
    const what = `sent what ${verdict?.protection ?? "a protection"} refuses`;
    const topic = `${verdict?.protection} ${decision.action}`;
    // One malformed or oversized request is a mistake like any other, not an attack.
    return [{ decision: decision.id, kind: "probe", endpoint, what, topic, isAlarming: false }];
  }

  #note(step: NewStep, timeMs: number, action: "allow" | "block"): void {
    const { isAlarming: _, ...noted } = step;
    const index = this.#steps.findIndex(
      ({ topic, endpoint, kind }) =>
        topic === step.topic && endpoint === step.endpoint && kind === step.kind,
    );
    const known = this.#steps[index];
    if (known === undefined) {
      if (this.#steps.length < STEPS_MAX) {
        this.#steps.push({ ...noted, timeMs, action, count: 1 });
      }
      return;
    }
    // What got through matters more than what did not.
    const worst = known.action === "allow" ? "allow" : action;
    const what = step.decision === undefined ? step.what : known.what;
    this.#steps[index] = { ...known, what, action: worst, count: known.count + 1 };
  }

  #countDetectors(decision: Decision | undefined): void {
    const ids = new Set(decision?.detections.map(({ detector }) => detector));
    for (const { protection, action } of decision?.verdicts ?? []) {
      if (action === "block") ids.add(protection);
    }
    for (const id of ids) {
      if (!this.#detectors.has(id) && this.#detectors.size >= DETECTORS_MAX) continue;
      this.#detectors.set(id, (this.#detectors.get(id) ?? 0) + 1);
    }
  }

  #incident(id: string): Incident {
    const steps = this.#steps.map(({ topic: _, ...step }): IncidentStep => step);
    return {
      id,
      client: this.#client,
      firstSeenMs: Math.min(...steps.map(({ timeMs }) => timeMs)),
      lastSeenMs: this.lastSeenMs,
      requests: this.#requests,
      blocked: this.#blocked,
      detectors: Object.fromEntries(this.#detectors),
      steps,
      severity: severityOf(steps),
      summary: summaryOf({
        client: this.#client,
        steps,
        blocked: this.#blocked,
        requests: this.#requests,
      }),
    };
  }
}

function emptyWindow(startMs: number): Window {
  return { startMs, missing: new Set(), refusals: 0, parameters: new Map() };
}

function endpointOf({ record, endpointKey }: Observation): string {
  if (endpointKey !== undefined) return endpointKey;
  const { method, authority, path } = record.exchange.request;
  return `${method} ${authority}${path}`.slice(0, ENDPOINT_LENGTH_MAX);
}

function isHidden(lifecycle: Observation["lifecycle"]): boolean {
  return lifecycle === "undocumented" || lifecycle === "deprecated" || lifecycle === "zombie";
}

function hasCredentials({ headers }: RequestHead): boolean {
  return ["authorization", "cookie", "x-api-key"].some(
    (name) => headerOf(headers, name) !== undefined,
  );
}

function placesOf(decision: Decision, detector: string): string {
  const found = decision.detections.filter((detection) => detection.detector === detector);
  const places = new Set(found.map(({ location, name }) => `${location} ${name}`));
  const [first] = places;
  return places.size > 1 ? `${first} and ${places.size - 1} more` : `${first}`;
}

function atLeast(count: number, max: number): string {
  return count >= max ? `${max} or more` : String(count);
}
