import { percentDecoded, type ValueHider } from "./value-hider.ts";

/** Redacts a query or form body; pairs without anything sensitive stay as they were, byte for byte. */
export function redactPairs(pairs: string, hider: ValueHider): string {
  return pairs
    .split("&")
    .map((pair) => redactPair(pair, hider))
    .join("&");
}

function redactPair(pair: string, hider: ValueHider): string {
  const sign = pair.indexOf("=");
  const rawName = sign < 0 ? pair : pair.slice(0, sign);
  const name = hideEncoded(rawName, (decoded) => hider.text(decoded));
  if (sign < 0) return name;
  const rawValue = pair.slice(sign + 1);
  const nameText = percentDecoded(rawName);
  return `${name}=${hideEncoded(rawValue, (decoded) => hider.value(nameText, decoded))}`;
}

function hideEncoded(raw: string, hide: (decoded: string) => string): string {
  const decoded = percentDecoded(raw.replaceAll("+", " "));
  const hidden = hide(decoded);
  if (hidden !== decoded) return hidden;
  // A plus may have stood for itself, as in `+49…`.
  const withPlus = percentDecoded(raw);
  const hiddenPlus = hide(withPlus);
  return hiddenPlus === withPlus ? raw : hiddenPlus;
}
