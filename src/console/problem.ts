/** An answer that is an error, in words a client may see: RFC 9457. */
export class Problem extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "Problem";
    this.status = status;
    this.headers = headers;
  }
}
