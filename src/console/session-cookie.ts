/**
 * The session cookie's name. Over TLS the `__Host-` prefix keeps other hosts and paths from
 * setting it; without, the port is part of it, as cookies of one host are shared by its ports.
 */
function cookieNameOf(place: CookiePlace): string {
  return place.secure ? "__Host-merlon-session" : `merlon-session-${place.port}`;
}

export interface CookiePlace {
  /** Whether the browser reaches the console over TLS. */
  readonly secure: boolean;
  readonly port: number;
}

/** The `set-cookie` value that gives a browser its session. */
export function sessionCookie(id: string, place: CookiePlace): string {
  const secure = place.secure ? "; Secure" : "";
  return `${cookieNameOf(place)}=${id}; Path=/; HttpOnly; SameSite=Strict${secure}`;
}

/** The `set-cookie` value that takes the session away again. */
export function endedSessionCookie(place: CookiePlace): string {
  return `${sessionCookie("", place)}; Max-Age=0`;
}

/** The session id of a `cookie` header. */
export function findSessionId(header: string | undefined, place: CookiePlace): string | undefined {
  const prefix = `${cookieNameOf(place)}=`;
  for (const pair of header?.split(";") ?? []) {
    const trimmed = pair.trim();
    if (trimmed.startsWith(prefix)) return trimmed.slice(prefix.length) || undefined;
  }
  return undefined;
}
