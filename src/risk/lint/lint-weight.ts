/** Rules about access, which a specification can only break by allowing too much. */
const certainRules = /^owasp:api(?:1|2|5):/;

/** Whether breaking the rule says something about the service and not only about its description. */
export function isCertain(rule: string): boolean {
  return certainRules.test(rule);
}
