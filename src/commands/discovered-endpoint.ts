import type { EndpointProfile, Risk } from "../model/endpoint.ts";

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
    calls: profile.calls,
    ...(profile.calls === 0
      ? {}
      : {
          firstSeen: new Date(profile.firstSeenMs).toISOString(),
          lastSeen: new Date(profile.lastSeenMs).toISOString(),
        }),
    statuses: profile.statuses,
    requestMediaTypes: profile.requestMediaTypes,
    responseMediaTypes: profile.responseMediaTypes,
    parameters: profile.parameters,
    authentication: {
      // Missing when traffic does not tell: nobody ever tried without credentials.
      ...(authentication.required === undefined ? {} : { required: authentication.required }),
      kinds: authentication.kinds,
      confidence: authentication.confidence,
      counts: authentication.counts,
    },
    exposure: profile.exposure,
    sensitiveData: profile.sensitiveData,
    clients: profile.clients,
    principals: profile.principals,
    durationMs: profile.durationMs,
    observations: profile.observations,
    attacks: profile.attacks,
    risk: { score: risk.score, level: risk.level, factors: risk.factors },
  };
}
