import { createHmac } from "node:crypto";
import type { Principal } from "../../../model/principal.ts";
import { bytesOf, tryParseCompactToken } from "./compact-token.ts";
import type { Credential } from "./credentials.ts";
import { tryParseStrictObject } from "./strict-json.ts";

/** A subject that is longer is named by a digest. */
const SUBJECT_LENGTH_MAX = 256;

/** Who a credential says the caller is; nothing of it is verified. */
export function claimedPrincipalOf(credential: Credential, digestKey: Uint8Array): Principal {
  const digest = digestOf(credential, digestKey);
  if (credential.kind === "basic") {
    return { kind: "basic", id: userOf(credential.value) ?? digest, verified: false };
  }
  const claims = claimsOf(credential.value);
  if (claims !== undefined) {
    return { kind: "token", id: subjectOf(claims) ?? digest, verified: false, claims };
  }
  return { kind: credential.kind, id: digest, verified: false };
}

/** Who a token is about: its subject, else the client that got it. Undefined when it names nobody. */
export function subjectOf(claims: Readonly<Record<string, unknown>>): string | undefined {
  for (const name of ["sub", "client_id", "azp"]) {
    const value = claims[name];
    const text = typeof value === "number" ? String(value) : value;
    if (typeof text === "string" && text !== "" && text.length <= SUBJECT_LENGTH_MAX) return text;
  }
  return undefined;
}

/** Names a credential without telling it: keyed, so that nobody can try values against a log. */
function digestOf({ kind, value }: Credential, key: Uint8Array): string {
  const digest = createHmac("sha256", key).update(kind).update("\0").update(value);
  return digest.digest("base64url").slice(0, 22);
}

function claimsOf(value: string): Readonly<Record<string, unknown>> | undefined {
  if (!value.startsWith("eyJ")) return undefined;
  const token = tryParseCompactToken(value);
  return token?.kind === "jws" ? tryParseStrictObject(bytesOf(token.parts[1])) : undefined;
}

function userOf(value: string): string | undefined {
  const user = Buffer.from(value, "base64").toString("utf8").split(":", 1)[0] ?? "";
  return user === "" || user.length > SUBJECT_LENGTH_MAX ? undefined : user;
}
