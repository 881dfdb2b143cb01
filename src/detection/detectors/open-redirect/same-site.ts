/** Whether two hosts belong to one site: equal, below each other, or below one registered name. */
export function isSameSite(first: string, second: string): boolean {
  if (first === second) return true;
  const site = siteOf(first);
  return site !== undefined && site === siteOf(second);
}

/** The host of an authority in lower case, without its port. */
export function hostOfAuthority(authority: string): string {
  const lower = authority.toLowerCase();
  const colon = lower.lastIndexOf(":");
  return colon > 0 && !lower.endsWith("]") ? lower.slice(0, colon) : lower;
}

/** `shop.example` of `api.shop.example`, `shop.co.uk` of `www.shop.co.uk`; none of an address. */
function siteOf(host: string): string | undefined {
  const labels = host.split(".");
  const last = labels.at(-1) ?? "";
  if (labels.length < 2 || (last.charCodeAt(0) >= 0x30 && last.charCodeAt(0) <= 0x39))
    return undefined;
  const second = labels.at(-2) ?? "";
  // Below country codes registries sell names one level down: `co.uk`, `com.br`, `gv.at`.
  const isCountry = last.length === 2 && (second.length <= 2 || commonSecond.has(second));
  return labels.slice(isCountry ? -3 : -2).join(".");
}

const commonSecond: ReadonlySet<string> = new Set([
  "com",
  "net",
  "org",
  "gov",
  "edu",
  "gob",
  "nom",
]);
