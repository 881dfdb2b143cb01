import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { guessSecret, hmacTokenOf } from "./guess-secret.ts";
import { secretWords } from "./secret-words-table.ts";
import { createTokenAudit } from "./token-audit.ts";

const signed = (secret: string, algorithm = "HS256", claims: object = { sub: "1" }): string => {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const text = `${part({ alg: algorithm })}.${part(claims)}`;
  const hash = `sha${algorithm.slice(2)}`;
  return `${text}.${createHmac(hash, secret).update(text).digest("base64url")}`;
};

describe("a token's secret", () => {
  test.each(["HS256", "HS384", "HS512"])("is guessed when it is on the list (%s)", (algorithm) => {
    const token = hmacTokenOf(signed("changeme", algorithm));
    expect(token && guessSecret(token, secretWords)).toBe("changeme");
  });

  test("is not guessed when it is random", () => {
    const token = hmacTokenOf(signed("3f9c1e7a5b2d8046c1f09ab7e6d5c4b3"));
    expect(token && guessSecret(token, secretWords)).toBeUndefined();
  });

  test("is not looked for in what is no token signed with HMAC", () => {
    const unsigned = `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`;
    for (const text of [unsigned, "", "eyJ", "eyJ.eyJ.x", `${signed("a")}.x`]) {
      expect(hmacTokenOf(text)).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        hmacTokenOf(`eyJ${text}`);
      }),
    );
  });
});

test("an audit tells which endpoints take tokens under a guessable secret, each token once", async () => {
  const weak: string[] = [];
  const audit = createTokenAudit({ words: undefined, onWeak: (id) => weak.push(id) });
  const token = signed("secret");
  audit.offer(token, "e1");
  audit.offer(token, "e1");
  audit.offer(token, "e2");
  audit.offer(signed("3f9c1e7a5b2d8046c1f09ab7e6d5c4b3"), "e3");
  await audit.settled();
  await audit.stop();

  expect(weak.toSorted()).toEqual(["e1", "e2"]);
});
