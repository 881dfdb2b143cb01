/** A literal segment as a template shows it: a brace would read as a parameter. */
export function escapedLiteral(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("%3A", ":")
    .replaceAll("%40", "@")
    .replaceAll("%24", "$")
    .replaceAll("%2C", ",")
    .replaceAll("%2B", "+")
    .replaceAll("%3D", "=")
    .replaceAll("%26", "&")
    .replaceAll("%3B", ";");
}
