import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { injectedLinesIn } from "../header-injection/injected-line.ts";
import { mailCommandsIn } from "./mail-command.ts";

/**
 * Finds values that add commands to a conversation with a mail server, and lines in fields of
 * addresses and subjects that add recipients or headers to a mail.
 */
export const mailInjection: Detector = {
  id: "mail-injection",
  summary:
    "Line ends followed by commands of SMTP, IMAP or POP3, or by recipients and headers of a mail in fields for addresses and subjects.",
  requires: [characterClass.newline, characterClass.letter],
  readsSurroundings: true,

  detect(field: Field): Match | undefined {
    return judgeHeaders(field) ?? judgeCommands(field);
  },
};

const shortCharsMax = 400;

/** One command may be a line of a text; several, or one in a short value, are a conversation. */
function judgeCommands({ value, location }: Field): Match | undefined {
  const commands = mailCommandsIn(value);
  const [first] = commands;
  if (first === undefined) return undefined;
  const isSure = first.protocol === "IMAP" || ["RCPT", "MAIL"].includes(first.command);
  if (!isSure && commands.length < 2) return undefined;
  const isTranscript = location === "body" && value.length > shortCharsMax;
  return {
    confidence: isTranscript ? "low" : isSure ? "high" : "medium",
    start: first.start,
    end: first.end,
    explanation: `Put into a conversation with a mail server, the value ends its line and goes on with the ${first.protocol} command "${first.command}".`,
  };
}

/** Headers with which a mail reaches others, or becomes another mail. */
const mailHeaders: ReadonlySet<string> = new Set(
  "to cc bcc from reply-to subject content-type mime-version content-transfer-encoding return-path sender".split(
    " ",
  ),
);
const recipientHeaders: ReadonlySet<string> = new Set([
  "to",
  "cc",
  "bcc",
  "from",
  "reply-to",
  "return-path",
  "sender",
]);

function judgeHeaders(field: Field): Match | undefined {
  if (!isMailField(field.name) || field.value.length > shortCharsMax) return undefined;
  for (const { name, content, start, end } of injectedLinesIn(field.value)) {
    if (!mailHeaders.has(name) || content === "") continue;
    if (recipientHeaders.has(name) && !content.includes("@")) continue;
    return {
      confidence: "high",
      start,
      end,
      explanation: `Put into the head of a mail, the value ends its line and goes on with the header "${name}".`,
    };
  }
  return undefined;
}

const mailNames: ReadonlySet<string> = new Set(
  "to from cc bcc email mail subject sender recipient replyto replytoemail address emailaddress fromemail toemail contact name firstname lastname fullname yourname youremail yoursubject topic".split(
    " ",
  ),
);

/** A field of one line that ends up in the head of a mail. */
function isMailField(path: string): boolean {
  const dot = Math.max(path.lastIndexOf("."), path.lastIndexOf("/"));
  let name = "";
  for (const character of path.slice(dot + 1, dot + 33).toLowerCase()) {
    if (character >= "a" && character <= "z") name += character;
  }
  return mailNames.has(name);
}
