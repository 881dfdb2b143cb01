/** A secret that the configuration names but does not hold. */
export function environmentVariable(name: string): string | undefined {
  return process.env[name];
}
