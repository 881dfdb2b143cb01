/** Every code an operator can meet; each has an entry in docs/reference/error-codes.md. */
export type ErrorCode =
  | "ERR_CONFIG_INVALID"
  | "ERR_CONFIG_UNREADABLE"
  | "ERR_USAGE"
  | "ERR_SPECIFICATION_INVALID"
  | "ERR_INPUT_UNREADABLE"
  | "ERR_INPUT_INVALID"
  | "ERR_LISTEN_FAILED"
  | "ERR_STORAGE_FAILED"
  | "ERR_TLS_INVALID";

/** An error with a permanent code and, where there is one, the fix. Never carries secrets or bodies. */
export class MerlonError extends Error {
  readonly code: ErrorCode;
  readonly fix: string | undefined;

  constructor(code: ErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "MerlonError";
    this.code = code;
    this.fix = options.fix;
  }
}
