import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";

/** What editors and people put behind the name of a file that they keep. */
const backupEndings: readonly string[] = [
  "~",
  ".bak",
  ".old",
  ".orig",
  ".save",
  ".swp",
  ".swo",
  ".copy",
  ".tmp",
  ".1",
];

/** Files that a server runs or reads, whose copies it sends as they are. */
const sourceEndings: readonly string[] = [
  ".php",
  ".phtml",
  ".inc",
  ".jsp",
  ".jspx",
  ".asp",
  ".aspx",
  ".ascx",
  ".cfm",
  ".cgi",
  ".pl",
  ".py",
  ".rb",
  ".config",
  ".conf",
  ".ini",
  ".env",
  ".properties",
  ".yml",
  ".yaml",
  ".sql",
];

/** Copies of databases, and programs of packages that run what they are sent. */
const exposedFiles: ReadonlySet<string> = new Set([
  "backup.sql",
  "backup.sql.gz",
  "db.sql",
  "dump.sql",
  "dump.sql.gz",
  "database.sql",
  "eval-stdin.php",
  "phpinfo.php",
  "adminer.php",
  "web-inf",
  "meta-inf",
]);

const nameCharsMax = 128;

/** `/index.php~`, `/vendor/phpunit/…/eval-stdin.php`: asked for in a path, never linked to. */
export function judgeExposedFile({ location, name, value }: Field): Match | undefined {
  if (location !== "path" || name === "*" || value.length > nameCharsMax) return undefined;
  const leaf = value.toLowerCase();
  if (!exposedFiles.has(leaf) && !isBackup(leaf)) return undefined;
  return {
    confidence: "medium",
    start: 0,
    end: value.length,
    explanation: `The path asks for "${value}", which a server sends or runs when it was left there by mistake, and to which nothing links.`,
  };
}

function isBackup(leaf: string): boolean {
  const ending = backupEndings.find((backup) => leaf.endsWith(backup));
  if (ending === undefined) return false;
  const kept = leaf.slice(0, -ending.length);
  return sourceEndings.some((source) => kept.endsWith(source) && kept.length > source.length);
}
