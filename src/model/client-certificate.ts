/** The certificate that a client proved to hold in the TLS handshake of its connection. */
export interface ClientCertificate {
  /** SHA-256 of its DER form in base64url: `x5t#S256` of RFC 8705. */
  readonly thumbprint: string;
  /** Distinguished name as `CN=partner,O=Example`. */
  readonly subject: string;
  readonly issuer: string;
  /** DNS names, addresses and URIs it was made out to, such as `DNS:partner.example`. */
  readonly names: readonly string[];
  /** Whether an authority that the listener trusts (`listen.tls.clientCa`) signed it. */
  readonly authorized: boolean;
}
