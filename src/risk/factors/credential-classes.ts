const credentialClasses: ReadonlySet<string> = new Set([
  "secret",
  "jwt",
  "password",
  "password-hash",
  "session-id",
  "api-key",
]);

/** Whether values of the class open something. */
export function isCredentialClass(name: string): boolean {
  return credentialClasses.has(name);
}
