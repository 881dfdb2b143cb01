import { expect, test } from "vitest";
import { createOneTimePassword, hashOfNobody, hashPassword, isPasswordOf } from "./passwords.ts";

test("a password is recognised by its hash, and no other is", async () => {
  const hash = await hashPassword("pa$$word with spaces");

  expect(hash).toMatch(/^scrypt\$32768\$8\$3\$[\w+/=]{24}\$[\w+/=]{44}$/);
  expect(await isPasswordOf("pa$$word with spaces", hash)).toBe(true);
  expect(await isPasswordOf("pa$$word with space", hash)).toBe(false);
});

test("two hashes of one password differ", async () => {
  expect(await hashPassword("same")).not.toBe(await hashPassword("same"));
});

test("a letter typed as one or two code points is the same password", async () => {
  expect(await isPasswordOf("caf\u00e9", await hashPassword("cafe\u0301"))).toBe(true);
});

test.each([
  "",
  "scrypt",
  "bcrypt$1$2$3$aaaa$bbbb",
  "scrypt$2$1$1$c2FsdA==$",
])("the broken hash %j is nobody's", async (hash) => {
  expect(await isPasswordOf("", hash)).toBe(false);
});

test("the hash of nobody fits no password", async () => {
  expect(await isPasswordOf("", hashOfNobody)).toBe(false);
});

test("one-time passwords do not repeat and can be read aloud", () => {
  const passwords = Array.from({ length: 200 }, createOneTimePassword);

  expect(new Set(passwords).size).toBe(200);
  for (const password of passwords) {
    expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
  }
});
