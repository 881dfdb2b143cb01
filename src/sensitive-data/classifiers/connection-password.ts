import { charactersOf, endOfRun } from "../characters.ts";
import type { Span } from "../classifier.ts";
import { isPlaceholder } from "../randomness.ts";

const userInfoCharactersMax = 512;
const isUserInfo = charactersOf("A-Za-z0-9!$&(-.:-;=_~%+*^#?{}|<>");
const wellKnown: ReadonlySet<string> = new Set(["password", "pass", "user", "pwd", "secret"]);

/** Finds the password of `scheme://user:password@host`. */
export function connectionPasswordsIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 1)) {
    const start = at + 3;
    const end = endOfRun(text, start, isUserInfo, userInfoCharactersMax);
    if (text[end] !== "@") continue;
    const colon = text.indexOf(":", start);
    if (colon < 0 || colon >= end - 1) continue;
    const password = text.slice(colon + 1, end);
    if (isPlaceholder(password) || wellKnown.has(password.toLowerCase())) continue;
    spans.push({ start: colon + 1, end, confidence: 0.9 });
  }
  return spans;
}
