import { expect, test } from "vitest";
import type { FieldLocation } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { judgeExposedFile } from "./backup-file.ts";

function judge(value: string, location: FieldLocation = "path", name = "0"): Match | undefined {
  return judgeExposedFile({ location, name, part: "value", type: "string", value });
}

test.each([
  "index.php~",
  "config.inc.bak",
  "web.config.old",
  "Login.aspx.swp",
  "settings.py.orig",
  "app.properties.save",
  "eval-stdin.php",
  "backup.sql",
  "WEB-INF",
])("a path that asks for %s is flagged", (segment) => {
  expect(judge(segment)?.confidence).toBe("medium");
});

test.each([
  "index.php",
  "report.bak",
  "v1.1",
  "notes.txt~",
  "photo.jpg.old",
  ".php~",
  "~ann",
  "schema.sql",
  "a.tmp",
  "",
])("a path that asks for %s is left alone", (segment) => {
  expect(judge(segment)).toBeUndefined();
});

test("only paths are judged: documents name such files", () => {
  expect(judge("index.php~", "body", "$.file")).toBeUndefined();
  expect(judge("index.php~", "path", "*")).toBeUndefined();
});
