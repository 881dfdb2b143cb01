import type { IncomingMessage } from "node:http";
import { Problem } from "./problem.ts";

/** Enough for every request but a specification. */
const ordinaryBytesMax = 64 * 1024;

/** Reads a request's JSON body; refuses other media types, long bodies, and what is not JSON. */
export async function readJson(
  request: IncomingMessage,
  bodyBytesMax: number = ordinaryBytesMax,
): Promise<unknown> {
  const mediaType = request.headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase();
  // A form can send text/plain across sites without being asked; it cannot send this.
  if (mediaType !== "application/json") throw new Problem(415, "Send application/json.");

  const declared = Number(request.headers["content-length"] ?? 0);
  if (declared > bodyBytesMax) throw tooLong(bodyBytesMax);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = chunk as Buffer;
    bytes += buffer.length;
    if (bytes > bodyBytesMax) throw tooLong(bodyBytesMax);
    chunks.push(buffer);
  }
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem(400, "The body is not valid JSON.");
  }
}

function tooLong(bodyBytesMax: number): Problem {
  // The rest of the body is not read, so the connection cannot be used again.
  return new Problem(413, `The body is longer than ${bodyBytesMax} bytes.`, {
    connection: "close",
  });
}
