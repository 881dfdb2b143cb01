import { createHash } from "node:crypto";
import type { Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { ClientCertificate } from "../../model/client-certificate.ts";

/** A certificate may be made out to any number of names; these tell it apart. */
const NAMES_MAX = 32;

/** The certificate that a client showed when it connected; undefined without one, or without TLS. */
export function clientCertificateOf(socket: Socket): ClientCertificate | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return undefined;
  const { raw, subject, issuer, subjectAltName = "" } = certificate;
  return {
    thumbprint: createHash("sha256").update(raw).digest("base64url"),
    subject: oneLine(subject),
    issuer: oneLine(issuer),
    names: subjectAltName === "" ? [] : subjectAltName.split(", ", NAMES_MAX),
    authorized: socket.authorized,
  };
}

/** Node writes one attribute a line. */
function oneLine(name: string | undefined): string {
  return (name ?? "").split("\n").join(",");
}
