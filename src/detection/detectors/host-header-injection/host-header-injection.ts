import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { hostOfAuthority, isSameSite } from "../open-redirect/same-site.ts";
import { isScannerName } from "../server-side-request-forgery/host-table.ts";

/**
 * Finds headers about the host with which a client has links of mails, redirects and cached pages
 * built: hosts that are no hosts, and other hosts than the one that is asked.
 */
export const hostHeaderInjection: Detector = {
  id: "host-header-injection",
  summary:
    "Host headers that hold more than a host, and second host headers that name another one, with which links of mails and cached pages lead elsewhere.",
  requires: [
    characterClass.dot |
      characterClass.at |
      characterClass.otherPunctuation |
      characterClass.slash |
      characterClass.lessThan |
      characterClass.doubleQuote |
      characterClass.singleQuote |
      characterClass.parenthesis |
      characterClass.brace |
      characterClass.equals |
      characterClass.newline |
      characterClass.control |
      characterClass.comma,
  ],
  readsSurroundings: true,

  detect(field: Field, request?: RequestHead): Match | undefined {
    if (field.location !== "header" || field.part === "name" || field.origin !== undefined)
      return undefined;
    const isSecond = secondHosts.has(field.name);
    if (!isSecond && field.name !== "host" && !proxyHosts.has(field.name)) return undefined;
    return judgeShape(field) ?? judgeRepeated(field) ?? judgeForeign(field, request, isSecond);
  },
};

/** What proxies in front of the gateway set; the host they name may be another one. */
const proxyHosts: ReadonlySet<string> = new Set(["x-forwarded-host", "x-forwarded-server"]);

/** What frameworks read and proxies do not set. */
const secondHosts: ReadonlySet<string> = new Set([
  "x-host",
  "x-http-host-override",
  "x-original-host",
  "x-host-override",
  "x-forwarded-http-host",
]);

/** A host is letters, digits, dots and a port; anything else is meant for who builds links with it. */
function judgeShape({ value, name }: Field): Match | undefined {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const letter = code | 0x20;
    const isPlain =
      (letter >= 0x61 && letter <= 0x7a) ||
      (code >= 0x2c && code <= 0x2e) ||
      (code >= 0x30 && code <= 0x3a);
    if (isPlain || code > 0x7f || " []_%".includes(value.charAt(at))) continue;
    return {
      confidence: "medium",
      start: at,
      end: value.length,
      explanation: `The header "${name}" holds more than a host; links and caches built with it lead elsewhere.`,
    };
  }
  return undefined;
}

/** Two different `Host` headers, which the reader of the message has joined. */
function judgeRepeated({ value, name }: Field): Match | undefined {
  if (name !== "host" || !value.includes(",")) return undefined;
  return {
    confidence: "high",
    start: 0,
    end: value.length,
    explanation:
      "The request names two hosts; who routes by the one and who answers for the other disagree (RFC 9112, section 3.2).",
  };
}

function judgeForeign(
  { value, name }: Field,
  request: RequestHead | undefined,
  isSecond: boolean,
): Match | undefined {
  const host = hostOfAuthority(value.split(",", 1)[0]?.trim() ?? "");
  const span = { start: 0, end: value.length };
  if (isScannerName(host))
    return {
      confidence: "high",
      ...span,
      explanation: `The header "${name}" names "${host}", where scanners wait to be called.`,
    };
  if (name === "host" || request === undefined || !host.includes(".")) return undefined;
  if (isSameSite(host, hostOfAuthority(request.authority))) return undefined;
  return {
    confidence: isSecond ? "medium" : "low",
    ...span,
    explanation: `The header "${name}" names "${host}" while "${request.authority}" is asked; links of mails and cached pages built with it lead there.`,
  };
}
