import { decodeCharacterReferences } from "./character-references.ts";

/** Longer style sheets are looked at only this far. */
const styleLengthMax = 65_536;

const activeProperties = ["-moz-binding", "behavior:", "behaviour:", "-o-link:", "-ms-behavior:"];

/** What in a style runs or loads script in some browser: the property, or nothing. */
export function findActiveStyle(text: string): string | undefined {
  const style = plainStyle(decodeCharacterReferences(text.slice(0, styleLengthMax)));
  const expression = style.indexOf("expression(");
  if (expression > 0 && followsColon(style, expression)) return "expression()";
  if (style.includes("javascript:") || style.includes("vbscript:")) return "javascript:";
  return activeProperties.find((name) => style.includes(name) && style.includes("url("));
}

/** Characters that no editor writes into a style attribute: they end or hide a declaration. */
export function isMangledStyle(text: string): boolean {
  const style = decodeCharacterReferences(text.slice(0, styleLengthMax));
  for (let at = 0; at < style.length; at++) {
    if ("{}[]\\".includes(style.charAt(at)) || style.charCodeAt(at) < 0x09) return true;
  }
  return style.includes("/*") || style.includes("binding:") || loadsDrawing(style);
}

/** `url(test.svg)`, `content:url(…)`: a drawing from beside the page, which may hold script. */
function loadsDrawing(style: string): boolean {
  const at = style.indexOf("url(");
  if (at < 0) return false;
  const address = style.slice(at + 4, at + 260);
  return address.includes(".svg") || style.includes("content:url(");
}

/** `url(javascript` anywhere in a value that is a style as a whole. */
export function linksScript(text: string): boolean {
  return plainStyle(text.slice(0, styleLengthMax)).includes("url(javascript");
}

/** `@import "http://…"` and `@import url(…)`: a style sheet from elsewhere. */
export function importsStyle(text: string): boolean {
  const style = plainStyle(text.slice(0, styleLengthMax));
  return style.includes("@import") || style.includes("@charset");
}

function followsColon(style: string, at: number): boolean {
  return style.lastIndexOf(":", at) >= Math.max(0, at - 32);
}

/** Without comments, escapes and white space, in lower case. */
function plainStyle(text: string): string {
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x2f && text.charCodeAt(at + 1) === 0x2a) {
      const close = text.indexOf("*/", at + 2);
      at = close < 0 ? text.length : close + 2;
    } else if (code === 0x5c) {
      const { char, end } = escapeAt(text, at);
      plain += char;
      at = end;
    } else {
      if (code > 0x20 && !isWideSpace(code)) plain += foldWide(code, text.charAt(at));
      at++;
    }
  }
  return plain.toLowerCase();
}

function isWideSpace(code: number): boolean {
  return code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x2000 && code <= 0x200d);
}

/** Old Internet Explorer took full-width letters in `expression` for plain ones. */
function foldWide(code: number, char: string): string {
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  // Small capitals that it folded as well.
  const small = "\u0280\u0274".indexOf(char);
  return small < 0 ? char : "rn".charAt(small);
}

function escapeAt(text: string, at: number): { char: string; end: number } {
  let end = at + 1;
  let code = 0;
  while (end < at + 7 && end < text.length) {
    const digit = Number.parseInt(text.charAt(end), 16);
    if (Number.isNaN(digit)) break;
    code = code * 16 + digit;
    end++;
  }
  if (end === at + 1) return { char: text.charAt(end), end: end + 1 };
  if (text.charCodeAt(end) === 0x20) end++;
  return { char: code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "", end };
}
