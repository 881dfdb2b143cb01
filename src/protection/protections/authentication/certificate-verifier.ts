import type { ClientCertificate } from "../../../model/client-certificate.ts";
import type { ClientCertificateOptions } from "../authentication-options.ts";
import { refused, type Verification } from "./verification.ts";

/** Verifies client certificates against a list; without a list, any that the listener's authority signed. */
export function createCertificateVerifier(
  list: readonly ClientCertificateOptions[],
): (certificate: ClientCertificate) => Verification {
  return (certificate) => {
    const { thumbprint, subject, authorized } = certificate;
    if (!authorized) return refused("the client certificate is of an unknown authority");
    if (list.length === 0) return verifiedAs({ name: subject, scopes: [], roles: [] });
    const known = list.find(
      (entry) =>
        (entry.thumbprint === undefined || entry.thumbprint === thumbprint) &&
        (entry.subject === undefined || entry.subject === subject),
    );
    return known === undefined
      ? refused("the client certificate is not listed")
      : verifiedAs(known);
  };
}

function verifiedAs({
  name,
  scopes,
  roles,
}: Omit<ClientCertificateOptions, "thumbprint" | "subject">): Verification {
  return {
    outcome: "verified",
    principal: { kind: "client-certificate", id: name, verified: true, scopes, roles },
  };
}
