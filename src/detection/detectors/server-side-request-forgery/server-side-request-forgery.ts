import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { strongerOf } from "../../languages/stronger-match.ts";
import { kindOfName } from "./host-table.ts";
import { judgeAddress } from "./judge-address.ts";
import { addressesIn, type WebAddress } from "./web-address.ts";

/**
 * Finds addresses with which a server would call itself, its network or its cloud's metadata, in
 * every notation, and schemes that speak other protocols. Addresses of public hosts pass.
 */
export const serverSideRequestForgery: Detector = {
  id: "server-side-request-forgery",
  summary:
    "Addresses of the server itself, its inner network or its cloud's metadata service, in any notation, and schemes that reach other protocols.",
  requires: [
    characterClass.slash | characterClass.backslash | characterClass.colon,
    characterClass.colon | characterClass.slash,
  ],

  detect(field: Field): Match | undefined {
    const { value } = field;
    if (!value.includes(":") && !value.includes("//")) return judgeBareName(field);
    let best: Match | undefined = judgeSocket(value);
    for (const address of addressesIn(value)) {
      best = strongerOf(best, judge(field, address));
      if (best?.confidence === "high") return best;
    }
    return best ?? judgeBareName(field);
  },
};

const proseWordsMax = 4;

function judge(field: Field, address: WebAddress): Match | undefined {
  const { value } = field;
  const { start, end } = address;
  const isWhole = isWholeAddress(value, address);
  const sign = judgeAddress(field, address, isWhole);
  if (sign === undefined) return undefined;
  const isText = !isWhole && proseWordsAround(value, address, proseWordsMax) >= proseWordsMax;
  return {
    confidence:
      isText || (isClaim(field) && sign.confidence === "medium") ? "low" : sign.confidence,
    start,
    end,
    explanation: `A server that fetches this address would reach ${sign.what}.`,
  };
}

/**
 * Claims of a token (`iss`, `aud`) name parties that are compared, not fetched, and an issuer of one's
 * own often has an inner address. What a token's header names (`jku`, `x5u`) is fetched.
 */
function isClaim({ name, decoding, origin }: Field): boolean {
  const isToken =
    decoding === "jwt" || origin?.decoding === "jwt" || origin?.origin?.decoding === "jwt";
  return isToken && name.includes(".payload.");
}

/** Whether the value is this address, perhaps in quotes, or behind `url=` or `jar:`. */
function isWholeAddress(value: string, { start, end }: WebAddress): boolean {
  if (start > prefixCharsMax || value.length - end > prefixCharsMax) return false;
  const before = value.slice(0, start).trim();
  const after = value.slice(end).trim();
  return after.length <= 1 && (before.length <= 1 || before.endsWith("=") || before.endsWith(":"));
}

const prefixCharsMax = 12;

/** `localhost/`, `host.docker.internal/admin`: many clients add the scheme. */
function judgeBareName(field: Field): Match | undefined {
  const { value } = field;
  const slash = value.indexOf("/");
  if (slash <= 0 || slash > 64 || field.location === "path") return undefined;
  const name = value.slice(0, slash).toLowerCase();
  const isRebinding = name === "localtest.me" || name === "lvh.me";
  const kind = kindOfName(name);
  if (kind !== "loopback" && !isRebinding && (kind !== "metadata" || !name.includes(".")))
    return undefined;
  return {
    confidence: "medium",
    start: 0,
    end: value.length,
    explanation: `A server that fetches this address would reach "${name}", an inner host.`,
  };
}

/** `unix:…|http://…`: a proxy of Apache takes a socket of the machine as its target. */
function judgeSocket(value: string): Match | undefined {
  const start = value.slice(0, 64).toLowerCase().indexOf("unix:");
  const bar = start < 0 ? -1 : value.indexOf("|", start);
  if (bar < 0 || !value.includes("://", bar)) return undefined;
  return {
    confidence: "high",
    start,
    end: value.length,
    explanation:
      "A proxy reads the value as a socket of the machine followed by an address, and so connects to the inside.",
  };
}
