/** A key set or an introspection answer is a few kilobytes. */
const ANSWER_BYTES_MAX = 524_288;

/**
 * Asks another server for JSON within a time and a size, following no redirect. Rejects with a text
 * that names the cause and nothing of what was sent.
 */
export async function fetchJson(
  url: string,
  options: {
    readonly timeoutMs: number;
    readonly method?: "GET" | "POST";
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
  },
): Promise<unknown> {
  const { timeoutMs, method = "GET", headers = {}, body } = options;
  const response = await fetch(url, {
    method,
    headers: { accept: "application/json", ...headers },
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
    ...(body === undefined ? {} : { body }),
  }).catch((error: unknown) => {
    throw new Error(`${new URL(url).host} cannot be reached: ${causeOf(error)}`);
  });
  if (!response.ok) {
    await response.body?.cancel();
    throw new Error(`${new URL(url).host} answered ${response.status}`);
  }
  return JSON.parse(await textOf(response));
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of response.body ?? []) {
    total += part.length;
    if (total > ANSWER_BYTES_MAX) throw new Error("the answer is too long");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  const { cause } = error;
  if (cause instanceof Error && "code" in cause) return String(cause.code);
  return error.name === "TimeoutError" ? "no answer in time" : error.name;
}
