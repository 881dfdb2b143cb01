/** Headers, besides Authorization, that hold a key or a token with common products and providers. */
export const keyHeaders: ReadonlySet<string> = new Set([
  ...["x-api-key", "api-key", "apikey", "x-apikey", "x-api-token", "x-auth-token", "x-auth-key"],
  ...["x-access-token", "x-access-key", "x-session-token", "x-session-id", "x-app-key"],
  ...["x-user-token", "x-token", "x-amz-security-token", "ocp-apim-subscription-key"],
  ...[
    "x-functions-key",
    "x-goog-api-key",
    "private-token",
    "x-client-secret",
    "x-shopify-access-token",
  ],
]);

/** Query parameters that do. */
export const keyParameters: ReadonlySet<string> = new Set([
  ...["api_key", "apikey", "api-key", "api_token", "access_token", "auth_token", "token", "key"],
  ...["app_key", "appkey", "subscription-key", "session_id", "sessionid", "session_token", "jwt"],
]);

/** Cookies in which servers keep a session. */
export function isSessionCookie(name: string): boolean {
  const lower = name.toLowerCase();
  if (lower.includes("csrf") || lower.includes("xsrf")) return false;
  return (
    lower === "sid" ||
    /[._-]sid$/.test(lower) ||
    ["sess", "auth", "token", "jwt"].some((part) => lower.includes(part))
  );
}
