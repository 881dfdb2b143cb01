import type { ClientCertificate } from "../../model/client-certificate.ts";
import type { Header, RequestHead } from "../../model/exchange.ts";
import { clientAddressOf, plainAddressOf } from "./client-address.ts";

/** Who is at the other end of a connection, and whether it is one of our own proxies. */
export interface Peer {
  readonly address: string;
  readonly isTrusted: boolean;
  readonly scheme: RequestHead["scheme"];
  /** What it showed in the TLS handshake. */
  readonly clientCertificate?: ClientCertificate;
  /** The client behind it, as far as proxies can be believed. */
  clientOf(headers: readonly Header[]): string;
}

export function createPeer(options: {
  readonly remoteAddress: string | undefined;
  readonly scheme: RequestHead["scheme"];
  readonly isTrusted: (address: string) => boolean;
  readonly clientCertificate?: ClientCertificate | undefined;
}): Peer {
  const { scheme, isTrusted, clientCertificate } = options;
  const address = plainAddressOf(options.remoteAddress ?? "");
  const isTrustedPeer = isTrusted(address);
  return {
    address,
    isTrusted: isTrustedPeer,
    scheme,
    ...(clientCertificate === undefined ? {} : { clientCertificate }),
    clientOf(headers) {
      return isTrustedPeer ? clientAddressOf(address, headers, isTrusted) : address;
    },
  };
}
