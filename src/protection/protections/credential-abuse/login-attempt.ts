import { type Header, headerOf } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import type { ExchangeContext } from "../../protection.ts";

/** Somebody who tries to log in, in the clear; nothing of it may be kept or shown. */
export interface LoginAttempt {
  readonly account: string;
  readonly password: string;
  /** Basic credentials go with every request, whose own errors say nothing about them. */
  readonly isBasic: boolean;
}

/** Whole words of a path that name a place to log in. */
const loginWords: ReadonlySet<string> = new Set([
  "auth",
  "authenticate",
  "authentication",
  "authorize",
  "login",
  "logon",
  "oauth",
  "oauth2",
  "session",
  "sessions",
  "signin",
  "token",
  "tokens",
]);

/** Where an account is made, a failure says nothing about a password. */
const otherWords: ReadonlySet<string> = new Set([
  "forgot",
  "register",
  "registration",
  "reset",
  "signup",
]);

const passwordNames: ReadonlySet<string> = new Set([
  "otp",
  "pass",
  "passcode",
  "passphrase",
  "passwd",
  "password",
  "pin",
  "pwd",
  "userpassword",
]);

const accountNames: ReadonlySet<string> = new Set([
  "account",
  "accountid",
  "clientid",
  "customerid",
  "email",
  "emailaddress",
  "identifier",
  "login",
  "loginid",
  "mail",
  "mobile",
  "name",
  "phone",
  "phonenumber",
  "user",
  "userid",
  "username",
]);

/** Longer values are neither an account nor a password that anybody has. */
const lengthMax = 512;

/** The login that a request with a body tries, if it is one. */
export function loginAttemptOf(
  context: ExchangeContext,
  isNamed: boolean,
): LoginAttempt | undefined {
  if (!isNamed && !isLoginPlace(context)) return undefined;
  let account: string | undefined;
  let password: string | undefined;
  for (const field of context.bodyFields) {
    if (field.part !== "value" || field.origin !== undefined) continue;
    const name = plainNameOf(field);
    if (password === undefined && passwordNames.has(name)) password = field.value;
    else if (account === undefined && accountNames.has(name)) account = field.value;
    if (account !== undefined && password !== undefined) break;
  }
  return attemptOf(account, password, false);
}

/** The login that Basic credentials (RFC 7617) stand for. */
export function basicAttemptOf(headers: readonly Header[]): LoginAttempt | undefined {
  const value = headerOf(headers, "authorization");
  if (value === undefined || !/^basic /i.test(value)) return undefined;
  const pair = Buffer.from(value.slice(6).trim(), "base64").toString("utf8");
  const colon = pair.indexOf(":");
  return colon < 0 ? undefined : attemptOf(pair.slice(0, colon), pair.slice(colon + 1), true);
}

function attemptOf(
  account: string | undefined,
  password: string | undefined,
  isBasic: boolean,
): LoginAttempt | undefined {
  if (account === undefined || account === "" || account.length > lengthMax) return undefined;
  if (password === undefined || password === "" || password.length > lengthMax) return undefined;
  return { account: account.trim().toLowerCase(), password, isBasic };
}

function isLoginPlace(context: ExchangeContext): boolean {
  const { method, path } = context.request;
  if (method !== "POST" && method !== "PUT") return false;
  const words = wordsOf(path);
  if (words.some((word) => otherWords.has(word))) return false;
  if (words.some((word) => loginWords.has(word))) return true;
  return words.includes("graphql") && isLoginDocument(context);
}

/** `signIn` and `sign-in` are read as `signin`, `/user/log_in.do` as `user`, `login`, `do`. */
function wordsOf(path: string): readonly string[] {
  return path
    .toLowerCase()
    .split(/[/.;:]/)
    .map((segment) => segment.replaceAll(/[-_]/g, ""));
}

/** A GraphQL mutation whose fields say that somebody logs in. */
function isLoginDocument({ bodyFields }: ExchangeContext): boolean {
  return bodyFields.some(
    ({ name, value, part }) =>
      part === "value" &&
      name === "$.query" &&
      /\b(?:login|log_?in|signin|sign_?in|authenticate|tokencreate|createtoken)/i.test(value),
  );
}

/** The last word of a JSON path, form name or XML path, without punctuation. */
function plainNameOf({ name }: Field): string {
  const last = Math.max(name.lastIndexOf("."), name.lastIndexOf("/"), name.lastIndexOf("["));
  return name
    .slice(last + 1)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, "");
}
