/** A line within a value that a mail server would carry out. */
export interface MailCommand {
  readonly protocol: "SMTP" | "IMAP" | "POP3";
  readonly command: string;
  readonly start: number;
  readonly end: number;
}

const linesMax = 64;
const lineCharsMax = 512;

/** Commands behind the first line end of a value. */
export function mailCommandsIn(value: string): readonly MailCommand[] {
  const found: MailCommand[] = [];
  let start = nextLine(value, 0);
  for (let nth = 0; start >= 0 && start < value.length && nth < linesMax; nth++) {
    const end = lineEnd(value, start);
    const line = value.slice(start, Math.min(end, start + lineCharsMax)).trim();
    const command = smtpCommand(line) ?? imapCommand(line) ?? popCommand(line);
    if (command !== undefined) found.push({ ...command, start, end });
    start = nextLine(value, start);
  }
  return found;
}

type Named = Pick<MailCommand, "protocol" | "command">;

/** RFC 5321: an address in angle brackets or one word tells a command from a sentence. */
function smtpCommand(line: string): Named | undefined {
  const upper = line.slice(0, 10).toUpperCase();
  if (upper.startsWith("RCPT TO:") || upper.startsWith("MAIL FROM:"))
    return line.includes("@") || line.includes("<") ? smtp(upper.slice(0, 4)) : undefined;
  if (upper === "DATA" || upper === "QUIT" || upper === "RSET" || line === ".")
    return smtp(line === "." ? "." : upper);
  const [word = "", argument = "", ...more] = line.split(" ", 3);
  const isPair = more.length === 0 && argument !== "";
  const name = word.toUpperCase();
  if (isPair && (name === "EHLO" || name === "HELO" || name === "VRFY" || name === "EXPN"))
    return smtp(name);
  return undefined;
}

function smtp(command: string): Named {
  return { protocol: "SMTP", command };
}

const imapCommands: ReadonlySet<string> = new Set(
  "CAPABILITY LOGIN LOGOUT SELECT EXAMINE CREATE DELETE RENAME SUBSCRIBE LIST LSUB STATUS APPEND FETCH STORE COPY SEARCH EXPUNGE AUTHENTICATE STARTTLS NOOP UID".split(
    " ",
  ),
);

/** `A001 LOGIN user pass`: a tag with a number before the command (RFC 9051). */
function imapCommand(line: string): Named | undefined {
  const [tag = "", word = ""] = line.split(" ", 2);
  const isTag =
    tag.length >= 2 &&
    tag.length <= 8 &&
    isLetter(tag.charCodeAt(0)) &&
    isDigit(tag.charCodeAt(tag.length - 1));
  return isTag && imapCommands.has(word) ? { protocol: "IMAP", command: word } : undefined;
}

/** RFC 1939; the words alone are ordinary, hence in capitals and with one argument. */
function popCommand(line: string): Named | undefined {
  const words = line.split(" ", 4);
  const [word = "", argument = ""] = words;
  const isLogin = (word === "USER" || word === "PASS" || word === "APOP") && words.length === 2;
  const isNumbered =
    (word === "RETR" || word === "DELE" || word === "TOP") && isDigit(argument.charCodeAt(0));
  const isAlone = (word === "STAT" || word === "UIDL") && words.length <= 2;
  return isLogin || isNumbered || isAlone ? { protocol: "POP3", command: word } : undefined;
}

function nextLine(value: string, from: number): number {
  const end = lineEnd(value, from);
  if (end >= value.length) return -1;
  let at = end;
  while (at < value.length && isLineEnd(value.charCodeAt(at))) at++;
  return at;
}

function lineEnd(value: string, from: number): number {
  let at = from;
  while (at < value.length && !isLineEnd(value.charCodeAt(at))) at++;
  return at;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d;
}

function isLetter(code: number): boolean {
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x7a;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
