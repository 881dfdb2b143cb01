import type { Confidence } from "../../../model/detection.ts";
import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { type BrowserTarget, browserTargetOf, droppedSigns, userPart } from "./browser-target.ts";
import { type RedirectKind, redirectKindOf } from "./redirect-name-table.ts";
import { hostOfAuthority, isSameSite } from "./same-site.ts";

/**
 * Finds values that lead a browser to a foreign site when the application redirects to them, read
 * the way browsers read an address. What the server itself would fetch is server-side-request-forgery.
 */
export const openRedirect: Detector = {
  id: "open-redirect",
  summary:
    "Addresses of other sites in parameters that say where the user goes on, and spellings of addresses that slip past checks of a redirect.",
  requires: [
    characterClass.slash | characterClass.backslash | characterClass.colon | characterClass.at,
    characterClass.dot | characterClass.digit | characterClass.nonAscii,
  ],
  readsSurroundings: true,

  detect(field: Field, request?: RequestHead): Match | undefined {
    if (field.part === "name" || !mayLead(field.value)) return undefined;
    const target = browserTargetOf(field.value);
    if (target === undefined || isOwn(target, request)) return undefined;
    const confidence = confidenceOf(field, target, request);
    if (confidence === undefined) return undefined;
    return {
      confidence,
      start: target.start,
      end: target.end,
      explanation: explanationOf(target),
    };
  },
};

/** An address begins with a slash, a scheme, a dot or an at sign; a look at the start is enough. */
function mayLead(value: string): boolean {
  let at = 0;
  while (at < value.length && value.charCodeAt(at) <= 0x20) at++;
  switch (value.charCodeAt(at) | 0x20) {
    case 0x2f:
    case 0x2e:
    case 0x7c:
      return true;
    case 0x60:
      return value.charCodeAt(at) === 0x40;
    case 0x68:
    case 0x66:
      return value.slice(at, at + 12).includes(":");
    default:
      return false;
  }
}

/** Without tricks, and on the site that is asked. */
function isOwn({ host, form }: BrowserTarget, request: RequestHead | undefined): boolean {
  if (request === undefined || form === "glued") return false;
  return isSameSite(host, hostOfAuthority(request.authority));
}

function confidenceOf(
  field: Field,
  target: BrowserTarget,
  request: RequestHead | undefined,
): Confidence | undefined {
  const kind = redirectKindOf(field);
  if (target.form === "glued") return kind === "navigation" ? "medium" : undefined;
  if (target.tricks.length > 0) return trickConfidence(field, target, kind);
  if (target.form === "scheme-relative") return schemeRelativeConfidence(field, kind);
  return plainConfidence(field, kind, request);
}

function trickConfidence(
  field: Field,
  { form, tricks, isText }: BrowserTarget,
  kind: RedirectKind,
): Confidence | undefined {
  if (kind === "navigation" || kind === "registered") return "high";
  if (kind === "address") return "medium";
  // Credentials of a feed, a share of Windows, and lines of a text begin like this.
  const isMild = tricks.every((trick) => trick === userPart || trick === droppedSigns);
  const isShare = form === "scheme-relative" && field.value.trimStart().startsWith("\\\\");
  return isMild || isShare || isText ? undefined : "medium";
}

/** Addresses of pictures in documents leave out the scheme; redirects of honest clients do not. */
function schemeRelativeConfidence(field: Field, kind: RedirectKind): Confidence | undefined {
  if (kind === "navigation") return "high";
  if (kind === "registered") return "medium";
  const isParameter = field.location === "query" || field.location === "cookie";
  if (kind === "address") return isParameter ? "medium" : undefined;
  return isParameter ? "low" : undefined;
}

/**
 * A whole address of another site is what payments and single sign-on send, registered beforehand;
 * a parameter that names the next page of this site does not need one.
 */
function plainConfidence(
  field: Field,
  kind: RedirectKind,
  request: RequestHead | undefined,
): Confidence | undefined {
  if (kind === "navigation")
    return field.location === "query" && request !== undefined ? "medium" : "low";
  return kind === "registered" && field.location === "query" ? "low" : undefined;
}

function explanationOf({ host, form, tricks }: BrowserTarget): string {
  if (form === "glued")
    return `Behind the name of this site the value makes an address of "${host}", to which a redirect leads the user.`;
  const how = tricks.length > 0 ? `, hidden from checks by ${tricks.join(" and ")}` : "";
  return `A redirect to this value leads the user's browser to "${host}", not to this site${how}.`;
}
