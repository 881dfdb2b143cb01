import type { Match } from "../../detector.ts";

const bodyCharsMax = 512;

/**
 * A value that begins as a function definition of bash and goes on behind it: exported as a
 * variable, an unpatched bash runs what follows (Shellshock, CVE-2014-6271).
 */
export function judgeExportedFunction(value: string): Match | undefined {
  const start = skipSpace(value, 0);
  if (value.charCodeAt(start) !== 0x28) return undefined;
  const close = skipSpace(value, start + 1);
  if (value.charCodeAt(close) !== 0x29) return undefined;
  const brace = skipSpace(value, close + 1);
  if (value.charCodeAt(brace) !== 0x7b) return undefined;
  const end = value.slice(brace, brace + bodyCharsMax).indexOf("}");
  if (end < 0) return undefined;
  const behind = skipSpace(value, brace + end + 1);
  // Without a command behind it, it is a function of JavaScript or a test for this weakness.
  if (value.charCodeAt(behind) !== 0x3b) return undefined;
  if (skipSpace(value, behind + 1) >= value.length) return undefined;
  return {
    confidence: "high",
    start,
    end: value.length,
    explanation:
      "As an environment variable the value defines a function, and an unpatched bash runs the command behind it (Shellshock).",
  };
}

function skipSpace(value: string, from: number): number {
  let at = from;
  while (at < value.length && value.charCodeAt(at) <= 0x20) at++;
  return at;
}
