import { readFileSync } from "node:fs";
import {
  createSecureContext,
  type TlsOptions as NodeTlsOptions,
  type SecureContextOptions,
} from "node:tls";
import { MerlonError } from "../../model/merlon-error.ts";
import type { TlsOptions } from "./gateway-options.ts";

/** What a TLS listener needs, read from the files and checked; HTTP/2 is offered before HTTP/1.1. */
export function tlsServerOptionsOf(tls: TlsOptions): NodeTlsOptions {
  return {
    ...tlsContextOf(tls),
    ALPNProtocols: ["h2", "http/1.1"],
    requestCert: tls.clientCertificates !== "none",
    rejectUnauthorized: tls.clientCertificates === "required",
    handshakeTimeout: 15_000,
  };
}

/** Certificate, key and authorities; throws ERR_TLS_INVALID when they do not fit together. */
export function tlsContextOf(tls: TlsOptions): SecureContextOptions {
  const context: SecureContextOptions = {
    cert: read(tls.cert, "listen.tls.cert"),
    key: read(tls.key, "listen.tls.key"),
    ...(tls.clientCa === undefined ? {} : { ca: read(tls.clientCa, "listen.tls.clientCa") }),
    minVersion: "TLSv1.2",
  };
  try {
    createSecureContext(context);
  } catch (cause) {
    throw new MerlonError("ERR_TLS_INVALID", "listen.tls: certificate and key cannot be used", {
      cause,
      fix: "use a PEM certificate chain and the key that belongs to it",
    });
  }
  return context;
}

function read(file: string, key: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new MerlonError("ERR_TLS_INVALID", `${key}: cannot read ${file}`, {
      cause,
      fix: "name a readable PEM file",
    });
  }
}
