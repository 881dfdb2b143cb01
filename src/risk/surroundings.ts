import type { EndpointProfile } from "../model/endpoint.ts";

/** What a factor must know of the other endpoints. */
export interface Surroundings {
  /** Host and path before the version → the newest version that was called. */
  readonly newestVersions: ReadonlyMap<string, number>;
}

export const noSurroundings: Surroundings = { newestVersions: new Map() };

/** Collects what risk factors look up about the other endpoints. */
export function surroundingsOf(profiles: Iterable<EndpointProfile>): Surroundings {
  const newestVersions = new Map<string, number>();
  for (const profile of profiles) {
    const version = pathVersionOf(profile);
    if (version === undefined || profile.calls === 0) continue;
    const known = newestVersions.get(version.base) ?? 0;
    newestVersions.set(version.base, Math.max(known, version.number));
  }
  return { newestVersions };
}

const versionSegment = /^v(\d{1,4})$/i;

/** The version in a path such as `/api/v2/orders`, and what stands before it. */
export function pathVersionOf({
  host,
  path,
}: Pick<EndpointProfile, "host" | "path">):
  | { readonly base: string; readonly number: number }
  | undefined {
  const segments = path.split("/");
  for (const [at, segment] of segments.entries()) {
    const number = versionSegment.exec(segment)?.[1];
    if (number === undefined) continue;
    return { base: `${host}${segments.slice(0, at).join("/")}`, number: Number(number) };
  }
  return undefined;
}
