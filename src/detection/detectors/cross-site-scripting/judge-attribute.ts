import type { Match } from "../../detector.ts";
import { decodeCharacterReferences } from "./character-references.ts";
import { isLetter } from "./characters.ts";
import { type Attribute, scanTags } from "./html-tokenizer.ts";
import { eventNames, urlAttributes } from "./script-table.ts";
import { rankScript } from "./script-text.ts";
import { findDocumentUrl, findScriptUrl, isIdleScript, isOddDataUrl } from "./script-url.ts";
import { findActiveStyle, isMangledStyle } from "./style-text.ts";

/** Handlers longer than this are judged by their beginning. */
const handlerLengthMax = 8_192;

/** Judges one attribute of an element; undefined when it only describes or formats. */
export function judgeAttribute(
  value: string,
  element: string,
  attribute: Attribute,
): Match | undefined {
  const { name } = attribute;
  if (name.startsWith("on")) return judgeHandler(value, attribute);
  if (!attribute.assigned) return undefined;
  if (name === "style") return judgeStyle(attribute);
  if (name === "srcdoc") return judgeDocument(attribute);
  if (urlAttributes.has(name) || element === "param") return judgeAddress(element, attribute);
  return bindsData(attribute) ?? judgeLegacy(attribute);
}

/** `onload=…`: a known event, or a name shaped like one with code in it. */
function judgeHandler(value: string, attribute: Attribute): Match | undefined {
  const event = eventNameOf(attribute.name);
  if (event === undefined || !attribute.assigned) return undefined;
  const script = decodeCharacterReferences(attribute.value.slice(0, handlerLengthMax)).trim();
  const known = eventNames.has(event);
  if (script === "") {
    // The page goes on where the value ends, and supplies what the handler runs.
    if (!known || attribute.end < value.length) return undefined;
    return matchOf(attribute, "medium", `The value ends inside an event handler "on${event}".`);
  }
  const rank = rankScript(script);
  if (isComponentProperty(attribute, value)) {
    return matchOf(
      attribute,
      "low",
      `The value contains source code with a handler "on${event}" in braces.`,
    );
  }
  const flag = script === "true" || script === "false" || script === "yes" || script === "no";
  const confidence = known || rank === "sink" ? "high" : flag ? "low" : "medium";
  return matchOf(
    attribute,
    confidence,
    `The value adds the event handler "on${event}" to an element; a browser that shows it runs "${script.slice(0, 60)}".`,
  );
}

/** The event of a handler attribute: letters only, noise that browsers skip aside. */
function eventNameOf(name: string): string | undefined {
  let end = 2;
  while (end < name.length && (isLetter(name.charCodeAt(end)) || name.charAt(end) === "_")) end++;
  const event = name.slice(2, end);
  if (event.length < 3) return undefined;
  // `onload!#$%&()*~` ran in old browsers; `on-air` and `one2` never did.
  const noise = name.slice(end);
  if (
    noise !== "" &&
    !(eventNames.has(event) && "!#$%&()*~+-_.,:;?@[|]^`\ufffd".includes(noise.charAt(0)))
  ) {
    return undefined;
  }
  return event;
}

/** `onClick={save}`: a property of a component in JSX, not an attribute of HTML. */
function isComponentProperty(attribute: Attribute, value: string): boolean {
  if (!attribute.value.startsWith("{")) return false;
  const written = value.slice(attribute.start, attribute.start + 3);
  return written.charAt(2) >= "A" && written.charAt(2) <= "Z";
}

function judgeStyle(attribute: Attribute): Match | undefined {
  const active = findActiveStyle(attribute.value);
  if (active === undefined) {
    if (!isMangledStyle(attribute.value)) return undefined;
    return matchOf(
      attribute,
      "medium",
      "The value sets a style with characters that end or hide a declaration, or with a drawing that may hold script.",
    );
  }
  return matchOf(attribute, "high", `The value sets a style that runs script through "${active}".`);
}

function judgeDocument(attribute: Attribute): Match | undefined {
  const inner = decodeCharacterReferences(attribute.value);
  let tags = 0;
  scanTags(inner.slice(0, handlerLengthMax), () => tags++);
  return matchOf(
    attribute,
    tags > 0 ? "high" : "medium",
    "The value gives a frame a document of its own, in which script runs with the rights of the page.",
  );
}

function judgeAddress(element: string, attribute: Attribute): Match | undefined {
  const script = findScriptUrl(attribute.value) ?? scriptInList(attribute.value);
  if (script !== undefined) {
    return matchOf(
      attribute,
      isIdleScript(attribute.value) ? "low" : "high",
      `The attribute "${attribute.name}" holds a "${script.scheme}" address; a browser that follows it runs script.`,
    );
  }
  if (element === "img" && attribute.name === "src") return judgeDisguise(attribute);
  const document = findDocumentUrl(attribute.value);
  if (document === undefined && !isOddDataUrl(attribute.value)) return judgeDisguise(attribute);
  return matchOf(
    attribute,
    "high",
    `The attribute "${attribute.name}" holds a document in a "${document?.scheme ?? "data:"}" address, in which script runs.`,
  );
}

/** `xlink:href="//…"` and letters written as numbers: links that nobody writes by hand. */
function judgeDisguise(attribute: Attribute): Match | undefined {
  if (isLooseScript(attribute.value)) {
    return matchOf(
      attribute,
      "medium",
      `The attribute "${attribute.name}" holds a broken "javascript:" address, which some browsers repaired and ran.`,
    );
  }
  if (numberedLetters(attribute.value) > 3) {
    return matchOf(
      attribute,
      "medium",
      `The attribute "${attribute.name}" spells plain letters as character numbers, which only hides what it is.`,
    );
  }
  const linked = attribute.name === "xlink:href" && !attribute.value.startsWith("#");
  if (linked && !attribute.value.startsWith("data:image")) {
    return matchOf(
      attribute,
      "medium",
      "The value links a drawing or formula to another document.",
    );
  }
  return judgeLegacy(attribute);
}

/** `jav  ascript:alert(1)`, `javascript#alert(1)`. */
function isLooseScript(text: string): boolean {
  const head = text.slice(0, 64).replaceAll(" ", "").toLowerCase();
  return head.startsWith("javascript") && rankScript(text) === "sink";
}

/** Letters in an attribute that stand there as `&#106;` or `&#x6a`. */
function numberedLetters(text: string): number {
  let count = 0;
  let at = text.indexOf("&#");
  for (let reference = 0; at >= 0 && reference < 64; reference++) {
    const char = decodeCharacterReferences(text.slice(at, at + 12)).charCodeAt(0);
    if (isLetter(char)) count++;
    at = text.indexOf("&#", at + 2);
  }
  return count;
}

/** `0;url=javascript:…` of a refresh, and lists of values of an animation. */
function scriptInList(text: string): { readonly scheme: string } | undefined {
  const separators = [";", "=", ",", "'", "<"];
  let at = 0;
  for (let part = 0; part < 8; part++) {
    let next = -1;
    for (const separator of separators) {
      const found = text.indexOf(separator, at);
      if (found >= 0 && found < 256 && (next < 0 || found < next)) next = found;
    }
    if (next < 0) return undefined;
    const url = findScriptUrl(text.slice(next + 1));
    if (url !== undefined) return url;
    at = next + 1;
  }
  return undefined;
}

/** Data binding of old Internet Explorer, which fills in markup from elsewhere. */
function bindsData(attribute: Attribute): Match | undefined {
  const { name } = attribute;
  if (name !== "datafld" && name !== "dataformatas" && name !== "ev:handler") return undefined;
  return matchOf(
    attribute,
    "medium",
    `The attribute "${name}" fills an element with markup from elsewhere.`,
  );
}

/** `&{alert(1)}` in any attribute ran in Netscape 4; `${…}` never did. */
function judgeLegacy(attribute: Attribute): Match | undefined {
  const at = attribute.value.indexOf("&{");
  if (at < 0 || rankScript(attribute.value.slice(at)) !== "sink") return undefined;
  return matchOf(
    attribute,
    "medium",
    "An attribute holds a script entity, which old browsers run.",
  );
}

function matchOf(
  attribute: Attribute,
  confidence: Match["confidence"],
  explanation: string,
): Match {
  const { start, end } = attribute;
  return { confidence, start, end: Math.min(end, start + 256), explanation };
}
