import type { Consumer, EndpointProfile, LifecycleEvidence, Risk } from "../model/endpoint.ts";

/** One endpoint as `merlon discover --json` writes it: a public format that only grows. */
export function discoveredEndpointOf(profile: EndpointProfile, risk: Risk): object {
  const { authentication } = profile;
  return {
    id: profile.id,
    method: profile.method,
    host: profile.host,
    path: profile.path,
    ...(profile.operation === undefined ? {} : { operation: profile.operation }),
    style: profile.style,
    lifecycle: profile.lifecycle,
    deprecated: profile.deprecated,
    ...(profile.lifecycleEvidence === undefined
      ? {}
      : { lifecycleEvidence: lifecycleEvidenceOf(profile.lifecycleEvidence) }),
    ...pickedOf(profile, "versions"),
    calls: profile.calls,
    ...(profile.calls === 0
      ? {}
      : {
          firstSeen: timeOf(profile.firstSeenMs),
          lastSeen: timeOf(profile.lastSeenMs),
        }),
    statuses: profile.statuses,
    requestMediaTypes: profile.requestMediaTypes,
    responseMediaTypes: profile.responseMediaTypes,
    parameters: profile.parameters,
    // By side, status and media type, with a JSON Schema where they are JSON.
    bodies: profile.bodies ?? [],
    authentication: {
      // Missing when traffic does not tell: nobody ever tried without credentials.
      ...(authentication.required === undefined ? {} : { required: authentication.required }),
      kinds: authentication.kinds,
      confidence: authentication.confidence,
      counts: authentication.counts,
      ...pickedOf(authentication, "verdict", "carriers", "tokens"),
    },
    exposure: profile.exposure,
    sensitiveData: profile.sensitiveData,
    clients: profile.clients,
    principals: profile.principals,
    consumers: (profile.consumers ?? []).map(consumerOf),
    durationMs: profile.durationMs,
    ...pickedOf(profile, "latencyMs", "requestBytes", "responseBytes", "webhook", "callbacks"),
    observations: profile.observations,
    attacks: profile.attacks,
    risk: { score: risk.score, level: risk.level, factors: risk.factors },
  };
}

function lifecycleEvidenceOf(evidence: LifecycleEvidence): object {
  const { reason, silentSinceMs, wokenMs, sunsetMs } = evidence;
  return {
    reason,
    ...(silentSinceMs === undefined ? {} : { silentSince: timeOf(silentSinceMs) }),
    ...(wokenMs === undefined ? {} : { woken: timeOf(wokenMs) }),
    ...(sunsetMs === undefined ? {} : { sunset: timeOf(sunsetMs) }),
  };
}

function consumerOf({ kind, id, calls, firstSeenMs, lastSeenMs }: Consumer): object {
  return { kind, id, calls, firstSeen: timeOf(firstSeenMs), lastSeen: timeOf(lastSeenMs) };
}

function timeOf(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** These members, those that are missing left out. */
function pickedOf<From extends object>(from: From, ...names: readonly (keyof From)[]): object {
  return Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]] as const])),
  );
}
