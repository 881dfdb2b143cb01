/** What Merlon reads of a specification: enough to compare it with traffic. */
export interface Specification {
  /** File or name it came from. */
  readonly source: string;
  readonly title: string;
  readonly version: string;
  /** Lower case, with a port unless it is the scheme's; empty when it names no host. */
  readonly hosts: readonly string[];
  readonly operations: readonly DocumentedOperation[];
}

export interface DocumentedOperation {
  readonly method: string;
  /** Base path included: `/api/v1/users/{userId}`. */
  readonly path: string;
  readonly deprecated: boolean;
  /** False when it says that no credentials are needed; undefined when it does not say. */
  readonly secured?: boolean;
  readonly parameters: readonly DocumentedParameter[];
}

export interface DocumentedParameter {
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}
