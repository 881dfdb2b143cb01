import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { verdictOn } from "./verdict-on.ts";

/* Project Wycheproof's vectors for JWS, JWE and JWK, each as a bearer token that a request brings along. */

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly result: "valid" | "invalid";
  readonly jws?: unknown;
  readonly jwe?: unknown;
}

interface Group {
  readonly comment: string;
  readonly private: Readonly<Record<string, unknown>>;
  readonly public?: Readonly<Record<string, unknown>>;
  readonly tests: readonly Vector[];
}

const folder = new URL("../../../shared/corpora/jwt/", import.meta.url);
const files = ["json_web_crypto", "json_web_encryption", "json_web_key"];

function groupsOf(name: string): readonly Group[] {
  const file = new URL(`wycheproof_${name}.json.gz`, folder);
  return JSON.parse(gunzipSync(readFileSync(file)).toString("utf8")).testGroups;
}

function tokenOptionsFor(group: Group, isEncrypted: boolean): object {
  const { keys = [group.private] } = group.private as { keys?: readonly object[] };
  const common = { requiredClaims: [], payload: "any" };
  if (!isEncrypted) {
    const published = (group.public ?? group.private) as { keys?: readonly object[] };
    return { ...common, keys: { jwks: published.keys ?? [published] } };
  }
  // RSA1_5 has to be asked for; other keys are for what they say.
  const named = keys.map((key) => ("alg" in key ? String(key.alg) : ""));
  const algorithms = named.includes("RSA1_5") ? { algorithms: ["RSA1_5"] } : {};
  return { ...common, decryption: { jwks: keys, unsigned: "allow", ...algorithms } };
}

describe.skipIf(!existsSync(folder))("Wycheproof's vectors (skipped without the corpora)", () => {
  describe.each(files)("of %s", (name) => {
    const cases = groupsOf(name).flatMap((group) =>
      group.tests.map((vector) => ({ group, vector, what: `${group.comment} ${vector.comment}` })),
    );

    test.each(cases)("$vector.tcId $what is $vector.result", async ({ group, vector }) => {
      const token = vector.jws ?? vector.jwe;
      const text = typeof token === "string" ? token : JSON.stringify(token);
      const verdict = await verdictOn({
        options: { tokens: [tokenOptionsFor(group, vector.jwe !== undefined)] },
        headers: [["authorization", `Bearer ${text}`]],
      });

      expect(verdict).toMatchObject(
        vector.result === "valid" ? { action: "allow" } : { action: "block", status: 401 },
      );
    });
  });
});
