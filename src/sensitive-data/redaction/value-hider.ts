import { createHmac } from "node:crypto";
import type { Classifier } from "../classifier.ts";
import { classOfWhole } from "../classifier-engine.ts";
import {
  apiKeyTails,
  passwordTails,
  sessionTails,
} from "../classifiers/credential-phrases-table.ts";
import { builtInClassifiers } from "../classifiers/index.ts";
import { type KeyPhrases, saysAny } from "../key-phrases.ts";
import { leafOf } from "../leaf.ts";
import { shapeOf } from "../value-shape.ts";

/** Turns values into what may be written down. A value without anything sensitive comes back as it is. */
export interface ValueHider {
  /** A credential's keyed fingerprint: equal credentials stay recognisable, none can be guessed. */
  fingerprint(credential: string): string;
  /** A value with its name; under the name of a credential the whole of it is one. */
  value(name: string, value: string): string;
  /** A text, in which sensitive values stand among others. */
  text(text: string): string;
}

/** Less than a tag needs: hiding one order number too many costs little. */
const hidingConfidenceMin = 0.3;
const fingerprintStart = "hmac:";
const fingerprintDigits = 12;
/** Percent-encodings that are undone one after the other to look inside. */
const percentRoundsMax = 3;

export function createValueHider(key: Uint8Array): ValueHider {
  const fingerprint = (credential: string): string => {
    if (credential === "" || credential.startsWith(fingerprintStart)) return credential;
    const digest = createHmac("sha256", key).update(credential).digest("hex");
    return `${fingerprintStart}${digest.slice(0, fingerprintDigits)}`;
  };

  const hide = ({ hiding, class: name, mask }: Classifier, value: string): string => {
    if (hiding === "fingerprint") return fingerprint(value);
    return hiding === "mask" ? (mask?.(value) ?? `<${name}>`) : value;
  };

  const plainText = (text: string): string => {
    let hidden = text;
    const shape = shapeOf(text);
    for (const classifier of builtInClassifiers) {
      if (classifier.find === undefined || classifier.hiding === "keep") continue;
      if (classifier.mayHold?.(shape) === false) continue;
      const spans = classifier.find(hidden);
      for (const { start, end } of spans.toReversed()) {
        const shown = hide(classifier, hidden.slice(start, end));
        hidden = hidden.slice(0, start) + shown + hidden.slice(end);
      }
    }
    return hidden;
  };

  const text = (original: string): string => {
    if (original.length < 6) return original;
    const hidden = plainText(original);
    const decoded = percentDecoded(hidden);
    if (decoded === hidden) return hidden;
    const hiddenDecoded = plainText(decoded);
    return hiddenDecoded === decoded ? hidden : hiddenDecoded;
  };

  return {
    fingerprint,
    text,
    value(name, value) {
      if (value.length < 2 || constants.has(value) || isHidden(value)) return value;
      const leaf = leafOf(name, value);
      if (namesCredential(leaf.key)) return fingerprint(value);
      const found = classOfWhole(leaf, hidingConfidenceMin);
      return found === undefined ? text(value) : hide(found.classifier, value);
    },
  };
}

const constants: ReadonlySet<string> = new Set(["true", "false", "null", "none", "undefined"]);

function isHidden(value: string): boolean {
  return (
    value.startsWith(fingerprintStart) &&
    value.length === fingerprintStart.length + fingerprintDigits
  );
}

function namesCredential({ tail }: KeyPhrases): boolean {
  return [passwordTails, apiKeyTails, sessionTails].some((tails) => saysAny(tail, tails));
}

/** The text with its percent-encodings undone, as often as there are some, as far as they are valid. */
export function percentDecoded(text: string): string {
  let decoded = text;
  for (let round = 0; round < percentRoundsMax && decoded.includes("%"); round += 1) {
    const next = decoded.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (run) => tryDecode(run));
    if (next === decoded) break;
    decoded = next;
  }
  return decoded;
}

function tryDecode(run: string): string {
  try {
    return decodeURIComponent(run);
  } catch {
    // Not UTF-8; byte by byte, so that ASCII beside it is seen all the same.
    return Buffer.from(run.replaceAll("%", ""), "hex").toString("latin1");
  }
}
