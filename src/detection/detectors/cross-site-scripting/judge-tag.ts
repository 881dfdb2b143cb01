import type { Match } from "../../detector.ts";
import { decodeCharacterReferences } from "./character-references.ts";
import { isNameCode } from "./characters.ts";
import type { Attribute, Tag } from "./html-tokenizer.ts";
import { judgeAttribute } from "./judge-attribute.ts";
import { activeElements } from "./script-table.ts";
import { rankScript } from "./script-text.ts";
import { findActiveStyle, importsStyle } from "./style-text.ts";

/** Script and style content is looked at this far. */
const contentLengthMax = 4_096;

/**
 * What a browser would do on seeing a tag in a value; undefined for plain formatting. `opened`
 * holds the names of the elements that the value itself has opened before.
 */
export function judgeTag(value: string, tag: Tag, opened: Set<string>): Match | undefined {
  if (tag.closing) return judgeClosing(value, tag, opened);
  if (containers.has(tag.name)) opened.add(tag.name);
  const name = localNameOf(tag.name);
  if (name === "script") return judgeScript(value, tag);
  return judgeAttributes(value, tag, name) ?? judgeElement(value, tag, name);
}

/** The surest of what the attributes do. */
function judgeAttributes(value: string, tag: Tag, name: string): Match | undefined {
  let best: Match | undefined;
  for (const attribute of tag.attributes) {
    const match = judgeAttribute(value, name, attribute);
    if (match?.confidence === "high") return match;
    if (best === undefined || match?.confidence === "medium") best = match ?? best;
  }
  return best;
}

/** Without the prefix of a namespace: `svg:script`, `html:script`. */
function localNameOf(name: string): string {
  const colon = name.lastIndexOf(":");
  const local = colon < 0 ? name : name.slice(colon + 1);
  // Old browsers ended the name at any sign: `<script<{alert(1)}/>`.
  const loose = local.length > 6 && local.startsWith("script") && !isNameCode(local.charCodeAt(6));
  return loose ? "script" : local;
}

function judgeScript(value: string, tag: Tag): Match | undefined {
  const source = tag.attributes.find((attribute) => isSource(attribute));
  const content = contentOf(value, tag);
  if (source !== undefined) {
    const from = source.value.slice(0, 80);
    return matchOf(
      value,
      tag,
      "high",
      `A browser that shows the value loads and runs the script "${from}".`,
    );
  }
  if (isMention(value, tag)) {
    return matchOf(
      value,
      tag,
      "low",
      'The value mentions a "<script>" tag as code, without a script in it.',
    );
  }
  const script = rankScript(decodeCharacterReferences(content));
  const confidence = script === "none" && isBareText(content) ? "medium" : "high";
  return matchOf(
    value,
    tag,
    confidence,
    'The value contains a "<script>" element: a browser that shows it runs what is inside.',
  );
}

/** What stands in a raw text element: up to its end, or to the next of its kind. */
function contentOf(value: string, tag: Tag): string {
  const limit = Math.min(value.length, tag.end + contentLengthMax);
  let end = value.indexOf("<", tag.end);
  while (end >= 0 && end < limit) {
    const name = value.slice(end + 1, end + tag.name.length + 2).toLowerCase();
    if (name.startsWith(tag.name) || name.startsWith(`/${tag.name.slice(0, 5)}`)) break;
    end = value.indexOf("<", end + 1);
  }
  return value.slice(tag.end, end < 0 ? limit : Math.min(end, limit));
}

function isSource({ name, value }: Attribute): boolean {
  return (name === "src" || name === "href" || name === "xlink:href") && value !== "";
}

/** `<script>` in backticks, or followed by prose: a text about HTML. */
function isMention(value: string, tag: Tag): boolean {
  if (value.charAt(tag.start - 1) === "`" && value.charAt(tag.end) === "`") return true;
  if (!tag.complete) return false;
  const before = value.slice(Math.max(0, tag.start - 64), tag.start);
  const after = value.slice(tag.end, tag.end + 64);
  if (isProse(after) && (tag.start === 0 || isProse(before))) return true;
  return tag.attributes.length === 0 && beginsWithWords(after) && !hasClosingTag(value, tag);
}

function hasClosingTag(value: string, tag: Tag): boolean {
  return value.toLowerCase().includes(`</${tag.name}`, tag.end);
}

const wordsOfSentenceMin = 3;
const wordsReadMax = 8;

/** Words that follow each other are a sentence and an error in any script. */
function beginsWithWords(text: string): boolean {
  let words = 0;
  for (const word of text.trimStart().split(" ", wordsReadMax)) {
    if (!/^[a-z]+(?:['’][a-z]+)?[.,?!:]?$/i.test(word)) break;
    if (!scriptWords.has(word)) words++;
  }
  return words >= wordsOfSentenceMin;
}

/** Words of JavaScript after which another may follow. */
const scriptWords: ReadonlySet<string> = new Set(
  "new in of typeof void delete return throw case else do var let const async await function instanceof import from export class extends static get set if while for".split(
    " ",
  ),
);

/** Two words with a space between, and nothing that code has. */
function isProse(text: string): boolean {
  let words = 0;
  let letters = 0;
  for (const char of text) {
    if ("(){}=;<>\"'".includes(char)) return false;
    if (char === " ") {
      if (letters > 1) words++;
      letters = 0;
    } else {
      letters++;
    }
  }
  return words + (letters > 1 ? 1 : 0) > 1;
}

function isBareText(content: string): boolean {
  return !content.includes("=") && !content.includes("(") && !content.includes("`");
}

function judgeStyle(value: string, tag: Tag): Match | undefined {
  const sheet = contentOf(value, tag);
  const active = findActiveStyle(sheet);
  if (active !== undefined) {
    return matchOf(
      value,
      tag,
      "high",
      `The value contains a style sheet that runs script through "${active}".`,
    );
  }
  if (
    tag.attributes.some(
      ({ name, value: type }) => name === "type" && type.toLowerCase().includes("javascript"),
    )
  ) {
    return matchOf(
      value,
      tag,
      "high",
      "The value contains a style element whose type is JavaScript, which old browsers run.",
    );
  }
  if (!importsStyle(sheet)) return undefined;
  return matchOf(
    value,
    tag,
    "medium",
    "The value contains a style element that imports a style sheet from elsewhere.",
  );
}

/** Closing one of these first is only needed to get out of where the value was put. */
const containers: ReadonlySet<string> = new Set([
  "script",
  "title",
  "textarea",
  "style",
  "noscript",
  "noembed",
  "xmp",
  "plaintext",
]);

function judgeClosing(value: string, tag: Tag, opened: ReadonlySet<string>): Match | undefined {
  if (!containers.has(tag.name)) return judgeAttributes(value, tag, tag.name);
  if (opened.has(tag.name)) return undefined;
  return matchOf(
    value,
    tag,
    "low",
    `The value closes a "<${tag.name}>" element that it did not open.`,
  );
}

function judgeElement(value: string, tag: Tag, name: string): Match | undefined {
  if (name === "style") return judgeStyle(value, tag);
  if (name === "meta") return judgeMeta(value, tag);
  if (name === "link") return judgeLink(value, tag);
  if (name === "set" || name === "animate") return judgeAnimation(value, tag);
  if (!activeElements.has(name)) return undefined;
  const match = matchOf(
    value,
    tag,
    "medium",
    `The value contains an active "<${name}>" element, which loads content or changes how the page is read.`,
  );
  // What editors insert for videos and maps.
  if (name === "iframe" && isEmbedding(tag)) return { ...match, confidence: "low" };
  const bare = tag.attributes.length === 0;
  return bare && name !== "base" && isInlineCode(value, tag)
    ? { ...match, confidence: "low" }
    : match;
}

function isInlineCode(value: string, tag: Tag): boolean {
  return !tag.complete || value.charAt(tag.start - 1) === "`" || isMention(value, tag);
}

function isEmbedding(tag: Tag): boolean {
  const source = attributeOf(tag, "src");
  if (source === undefined || attributeOf(tag, "srcdoc") !== undefined) return false;
  const sized = attributeOf(tag, "width") !== undefined || attributeOf(tag, "height") !== undefined;
  return source.startsWith("https://") && sized && tag.complete;
}

function attributeOf(tag: Tag, name: string): string | undefined {
  const attribute = tag.attributes.find((candidate) => candidate.name === name);
  return attribute === undefined ? undefined : decodeCharacterReferences(attribute.value);
}

function judgeMeta(value: string, tag: Tag): Match | undefined {
  const kind = attributeOf(tag, "http-equiv")?.trim().toLowerCase() ?? "";
  const content = attributeOf(tag, "content")?.toLowerCase() ?? "";
  if (kind === "refresh") {
    const loud = content.includes("script:") || content.includes("data:");
    return matchOf(
      value,
      tag,
      loud ? "high" : "medium",
      "The value contains a meta refresh, which sends the browser to another address.",
    );
  }
  const charset = `${attributeOf(tag, "charset")?.toLowerCase() ?? ""} ${content}`;
  if (
    kind === "set-cookie" ||
    kind === "link" ||
    charset.includes("utf-7") ||
    charset.includes("utf7")
  ) {
    return matchOf(
      value,
      tag,
      "medium",
      `The value contains a meta element that changes how the page is read or what is kept for it.`,
    );
  }
  return undefined;
}

function judgeLink(value: string, tag: Tag): Match | undefined {
  if (attributeOf(tag, "href") === undefined || value.toLowerCase().includes("<html"))
    return undefined;
  return matchOf(
    value,
    tag,
    "medium",
    "The value contains a link element, which loads a style sheet or document into the page.",
  );
}

/** SVG animation that sets a link or an event handler later. */
function judgeAnimation(value: string, tag: Tag): Match | undefined {
  const target = attributeOf(tag, "attributename")?.toLowerCase() ?? "";
  const active = target.startsWith("on") || target.includes("href") || target === "innerhtml";
  if (!active) return undefined;
  return matchOf(
    value,
    tag,
    "high",
    `The value contains an SVG animation that changes "${target.slice(0, 40)}" and so runs script.`,
  );
}

/** A match that spans the beginning of a tag. */
function matchOf(
  value: string,
  { start, end }: { readonly start: number; readonly end: number },
  confidence: Match["confidence"],
  explanation: string,
): Match {
  return { confidence, start, end: Math.min(end, start + 256, value.length), explanation };
}
