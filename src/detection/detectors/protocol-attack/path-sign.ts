import { type ProtocolSign, sign } from "./protocol-sign.ts";

/** Endings that caches keep without asking. */
const staticEndings: readonly string[] = [
  ".css",
  ".js",
  ".png",
  ".jpg",
  ".gif",
  ".ico",
  ".svg",
  ".woff",
  ".woff2",
  ".avif",
  ".webp",
];
const segmentCharsMax = 256;

/** `account;x.css` or `account%0Ax.css`: the cache sees a style sheet, the application the account. */
export function cacheDeceptionSign(segment: string): ProtocolSign | undefined {
  if (segment.length > segmentCharsMax) return undefined;
  const lower = segment.toLowerCase();
  if (!staticEndings.some((ending) => lower.endsWith(ending))) return undefined;
  const cut = cutOf(lower);
  // `style.css;v=1.css` is a file with or without the cut.
  if (cut <= 0 || lower.slice(0, cut).includes(".")) return undefined;
  return sign(
    "medium",
    `A cache keeps "${segment.slice(cut + 1, cut + 33)}" for everybody, while the application answers for "${segment.slice(0, cut).slice(0, 64)}" with what belongs to one user.`,
  );
}

/** Where frameworks end a segment. */
function cutOf(segment: string): number {
  for (let at = 0; at < segment.length; at++) {
    const code = segment.charCodeAt(at);
    if (code === 0x3b || code === 0x3f || code === 0x23 || code === 0x0a || code === 0) return at;
  }
  return -1;
}

/** A NUL ends a text for C and for nobody else. */
export function nulSign(value: string): ProtocolSign | undefined {
  if (!value.includes("\0")) return undefined;
  return sign(
    "medium",
    "The value has a NUL byte, which ends it for some readers and not for others; no honest client sends one here.",
  );
}
