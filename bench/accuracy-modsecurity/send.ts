import { connect } from "node:net";
import type { CaseRequest } from "../accuracy/case.ts";

const answerMsMax = 20_000;
/** Set by the sender: the recorded ones describe another connection. */
const ownHeaders: ReadonlySet<string> = new Set(["connection", "content-length", "keep-alive"]);

/** Sends a request as it stands to a port of this machine; the status of the answer, 0 for none. */
export function statusOf(port: number, request: CaseRequest): Promise<number> {
  return new Promise((resolve) => {
    let received = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytesOf(request)));
    const settle = (): void => {
      socket.destroy();
      resolve(Number(/^HTTP\/1\.[01] (\d{3})/.exec(received)?.[1] ?? 0));
    };
    socket.setTimeout(answerMsMax, settle);
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      if (received.includes("\r\n")) settle();
    });
    socket.on("error", settle);
    socket.on("end", settle);
  });
}

function bytesOf({ head, body }: CaseRequest): Buffer {
  const target = head.query === "" ? head.path : `${head.path}?${head.query}`;
  const kept = head.headers.filter(([name]) => !ownHeaders.has(name.toLowerCase()));
  const isChunked = kept.some(([name]) => name.toLowerCase() === "transfer-encoding");
  const lines = [
    `${head.method} ${target} HTTP/1.1`,
    ...kept.map(([name, value]) => `${name}: ${value}`),
    "connection: close",
    ...(body.length > 0 && !isChunked ? [`content-length: ${body.length}`] : []),
  ];
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body]);
}
