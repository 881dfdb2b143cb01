/** One rule that a specification breaks, with how often within one operation. */
export interface LintResult {
  /** The rule's own name: `owasp:api4:2023-rate-limit`. */
  readonly rule: string;
  readonly message: string;
  /** File that breaks it. */
  readonly source: string;
  /** `FILE#GET /path` as `operationKeyOf` writes it; missing for the document as a whole. */
  readonly operation?: string;
  /** JSON pointer of the first place. */
  readonly pointer: string;
  readonly count: number;
}

/** How lint results and documented operations find each other. */
export function operationKeyOf(source: string, method: string, path: string): string {
  return `${source}#${method.toUpperCase()} ${path}`;
}
