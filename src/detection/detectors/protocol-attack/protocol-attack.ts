import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import type { Detector, Match } from "../../detector.ts";
import { acceptCharsetSign, charsetSign, mediaTypeSign } from "./media-type-sign.ts";
import { cacheDeceptionSign, nulSign } from "./path-sign.ts";
import { type ProtocolSign, sign } from "./protocol-sign.ts";
import { rangeSign } from "./range-sign.ts";
import {
  claimedAddressSign,
  connectionSign,
  overrideSign,
  rewrittenPathSign,
} from "./steering-headers.ts";

/**
 * Finds what makes the parties of an HTTP exchange disagree: about the kind and charset of a body,
 * the method, the path, the headers that reach the application, or what a cache keeps.
 */
export const protocolAttack: Detector = {
  id: "protocol-attack",
  summary:
    "Headers and paths that make proxies, caches and applications read one request differently: contradictory media types, odd charsets, replaced methods and paths, dropped headers, endless ranges.",
  requires: [],
  readsSurroundings: true,

  detect(field: Field, request?: RequestHead): Match | undefined {
    const found = signOf(field, request);
    if (found === undefined) return undefined;
    return { ...found, start: 0, end: field.value.length };
  },
};

function signOf(field: Field, request: RequestHead | undefined): ProtocolSign | undefined {
  switch (field.location) {
    case "header":
      return field.part === "name"
        ? headerNameSign(field, request)
        : (headerSign(field, request) ?? nulSign(field.value));
    case "path":
      return cacheDeceptionSign(field.value) ?? nulSign(field.value);
    case "body":
      return bodySign(field);
    default:
      return nulSign(field.value);
  }
}

function headerNameSign(
  { value }: Field,
  request: RequestHead | undefined,
): ProtocolSign | undefined {
  const isOverride = value.endsWith("-method-override") || value === "x-http-method";
  return isOverride && request !== undefined ? overrideSign(value, request) : nulSign(value);
}

function headerSign(
  { name, value, origin }: Field,
  request: RequestHead | undefined,
): ProtocolSign | undefined {
  if (origin !== undefined) return undefined;
  switch (name) {
    case "content-type":
      return mediaTypeSign(value);
    case "accept":
      return acceptCharsetSign(value);
    case "range":
      return rangeSign(value);
    case "request-range":
      return sign(
        "medium",
        "The header is an old second name of Range, sent past rules about Range.",
      );
    case "connection":
      return connectionSign(value);
    case "content-length":
    case "transfer-encoding":
      return sign(
        "medium",
        `The header "${name}" is not what HTTP allows, so that servers disagree where the body ends (RFC 9112, section 6.3).`,
      );
    case "proxy":
      return sign(
        "high",
        "CGI programs find this header as the variable HTTP_PROXY and send their own requests through it (CVE-2016-5385).",
      );
    case "x-original-url":
    case "x-rewrite-url":
    case "x-override-url":
      return request === undefined ? undefined : rewrittenPathSign(name, value, request);
    case "x-originating-ip":
    case "x-remote-ip":
    case "x-remote-addr":
    case "x-custom-ip-authorization":
    case "x-forwarded-by":
      return claimedAddressSign(name, value);
    default:
      return undefined;
  }
}

/** A form's field `_charset_` (HTML) and the media types of parts say how texts are to be read. */
function bodySign({ name, value, origin, part }: Field): ProtocolSign | undefined {
  if (origin !== undefined || part === "name") return undefined;
  if (name === "_charset_") return charsetSign(value);
  return name.endsWith(".header.content-type") ? mediaTypeSign(value) : undefined;
}
