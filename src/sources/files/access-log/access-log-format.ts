import type { FileFormat } from "../file-format.ts";
import { Unreadable } from "../json-value.ts";
import { createLineScanner } from "../line-scanner.ts";
import { createPieceReader } from "../piece-reader.ts";
import { exchangeOfLog } from "./exchange-of-log.ts";
import { tryReadJsonLog } from "./json-log.ts";
import { tryReadTextLog } from "./text-log.ts";

/** Lines of the head in which a request is looked for before the format is given up. */
const linesTried = 20;

/** Access logs: lines of text or of JSON, which may be mixed. */
export const accessLog: FileFormat = {
  id: "access-log",

  recognise({ text, isEnough }) {
    // Entries in JSON are read by the format of JSON lines.
    if (text.startsWith("{")) return false;
    const lines = text.split("\n", linesTried + 1);
    const whole = isEnough ? lines : lines.slice(0, -1);
    const isFound = whole.some(
      (line) => !line.startsWith("#") && tryReadTextLog(line) !== undefined,
    );
    if (isFound) return true;
    return isEnough || whole.length >= linesTried ? false : undefined;
  },

  open: ({ pieceBytesMax, now, host }) =>
    createPieceReader(createLineScanner(pieceBytesMax), (text, { line }) => {
      // W3C logs and rotated files have remarks.
      if (text.startsWith("#")) return [];
      const entry = text.trimStart().startsWith("{")
        ? tryReadJsonLog(JSON.parse(text))
        : tryReadTextLog(text);
      if (entry === undefined) throw new Unreadable("no request in this line of an access log");
      return [exchangeOfLog(entry, { line, now, host })];
    }),
};
