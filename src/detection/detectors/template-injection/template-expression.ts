import { type Delimiter, delimiters, openerOf } from "./delimiters.ts";

/** An expression between the marks of a template engine; `start` and `end` include the marks. */
export interface TemplateExpression {
  readonly delimiter: Delimiter;
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/** Expressions open at the same time. */
const openMax = 24;

interface Opened {
  /** Undefined for a plain bracket, which has to be closed before the mark. */
  readonly delimiter: Delimiter | undefined;
  readonly close: string;
  readonly start: number;
}

/**
 * Finds the expressions of a value in one pass, innermost first, and tells each to `onExpression`
 * until that returns true. What is opened and never closed is no template.
 */
export function findTemplateExpressions(
  value: string,
  onExpression: (expression: TemplateExpression) => boolean,
): void {
  const open: Opened[] = [];
  for (let at = 0; at < value.length; ) {
    const code = value.charCodeAt(at);
    if (significant[code] !== 1) {
      at++;
      continue;
    }
    const closed = closeAt(value, at, open);
    if (closed !== undefined) {
      at += closed.close.length;
      if (closed.delimiter === undefined) continue;
      const { delimiter, start } = closed;
      const bodyStart = start + delimiter.open.length;
      const bodyEnd = at - closed.close.length;
      if (onExpression({ delimiter, start, end: at, bodyStart, bodyEnd })) return;
    } else {
      at += openAt(value, at, open);
    }
  }
}

/** Takes the innermost open expression that ends here, and with it what was left open inside. */
function closeAt(value: string, at: number, open: Opened[]): Opened | undefined {
  for (let index = open.length - 1; index >= 0; index--) {
    const opened = open[index];
    if (opened === undefined || !value.startsWith(opened.close, at)) continue;
    open.length = index;
    return opened;
  }
  return undefined;
}

/** Notes what opens here and returns how many characters that takes. */
function openAt(value: string, at: number, open: Opened[]): number {
  const delimiter = delimiters.find((candidate) => value.startsWith(candidate.open, at));
  if (delimiter !== undefined) {
    push(open, { delimiter, close: delimiter.close, start: at });
    return delimiter.open.length;
  }
  const closers = pairs[value.charAt(at)];
  const innermost = open.at(-1);
  // Plain brackets matter only where they could be taken for the end of an expression.
  if (closers !== undefined && innermost !== undefined && openerOf(innermost.close) !== "") {
    if (innermost.close === closers)
      push(open, { delimiter: undefined, close: closers, start: at });
  }
  return 1;
}

function push(open: Opened[], opened: Opened): void {
  if (open.length >= openMax) open.shift();
  open.push(opened);
}

const pairs: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

const significant: Uint8Array = new Uint8Array(65_536);
for (const character of "{}$#*@<%[]=()>") significant[character.charCodeAt(0)] = 1;
