import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  /** Paths of the PEM files. */
  readonly cert: string;
  readonly key: string;
  readonly pem: { readonly cert: string; readonly key: string };
}

export interface Certificates {
  readonly authority: Certificate;
  readonly server: Certificate;
  readonly client: Certificate;
  /** Of an authority that nobody here knows. */
  readonly stranger: Certificate;
}

/** Whether `openssl` is there to make certificates with. */
export function canMakeCertificates(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Makes an authority, what it signed, and a stranger, valid for a day. */
export function makeCertificates(): Certificates {
  const directory = mkdtempSync(join(tmpdir(), "certificates-"));
  const extensions = join(directory, "extensions");
  writeFileSync(extensions, "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  const authority = make(directory, "authority");
  const signed = (name: string): Certificate => {
    const { cert, key } = filesOf(directory, name);
    const request = join(directory, `${name}.csr`);
    openssl(["req", "-new", ...newKey, "-subj", `/CN=${name}`, "-keyout", key, "-out", request]);
    openssl([
      ...["x509", "-req", "-in", request, "-out", cert, "-days", "1", "-extfile", extensions],
      ...["-CA", authority.cert, "-CAkey", authority.key, "-CAcreateserial"],
    ]);
    return certificateOf(cert, key);
  };
  return {
    authority,
    server: signed("localhost"),
    client: signed("client"),
    stranger: make(directory, "stranger"),
  };
}

const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];

function make(directory: string, name: string): Certificate {
  const { cert, key } = filesOf(directory, name);
  openssl([
    ...["req", "-x509", ...newKey, "-subj", `/CN=${name}`],
    ...["-keyout", key, "-out", cert, "-days", "1"],
  ]);
  return certificateOf(cert, key);
}

function filesOf(directory: string, name: string): { cert: string; key: string } {
  return { cert: join(directory, `${name}.pem`), key: join(directory, `${name}.key`) };
}

function certificateOf(cert: string, key: string): Certificate {
  return { cert, key, pem: { cert: readFileSync(cert, "utf8"), key: readFileSync(key, "utf8") } };
}

function openssl(parameters: readonly string[]): void {
  execFileSync("openssl", parameters, { stdio: "ignore" });
}
