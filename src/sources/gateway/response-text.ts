import { STATUS_CODES } from "node:http";
import type { Refusal } from "../../protection/refusal.ts";
import { isNominated } from "./forwarded-request.ts";
import type { UpstreamResponse } from "./strict-response.ts";

/** The head that an HTTP/1.x client gets: as the upstream sent it but for hop-by-hop fields. */
export function responseHeadText(
  { status, reason, lines, connectionOptions }: UpstreamResponse,
  options: {
    readonly isChunked: boolean;
    readonly connection: "close" | "keep-alive" | undefined;
  },
): string {
  const { names, headers } = lines;
  let text = `HTTP/1.1 ${status} ${reason}\r\n`;
  for (let index = 0; index < headers.length; index += 1) {
    const header = headers[index];
    if (header === undefined || isHopByHop(header[0], connectionOptions)) continue;
    text += `${names[index]}: ${header[1]}\r\n`;
  }
  if (options.isChunked) text += "Transfer-Encoding: chunked\r\n";
  if (options.connection !== undefined) text += `Connection: ${options.connection}\r\n`;
  return `${text}\r\n`;
}

/** Whether a response field is meant for this hop only. */
export function isHopByHop(name: string, connectionOptions: readonly string[]): boolean {
  switch (name) {
    case "connection":
    case "keep-alive":
    case "proxy-connection":
    case "transfer-encoding":
    case "upgrade":
      return true;
    default:
      return isNominated(name, connectionOptions);
  }
}

/** A response of Merlon's own, whole. */
export function refusalText(
  refusal: Refusal,
  options: { readonly hasBody: boolean; readonly connection: "close" | undefined },
): string {
  let text = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? "Refused"}\r\n`;
  for (const [name, value] of refusal.headers) text += `${name}: ${value}\r\n`;
  text += `content-length: ${Buffer.byteLength(refusal.body)}\r\n`;
  if (options.connection !== undefined) text += `connection: ${options.connection}\r\n`;
  return `${text}\r\n${options.hasBody ? refusal.body : ""}`;
}
