/** All values of a parameter of a header such as `content-type`, in order, quotes removed. */
export function parametersOf(header: string, name: string): readonly string[] {
  const values: string[] = [];
  let at = parameterStart(header, 0);
  while (at < header.length) {
    const equals = header.indexOf("=", at);
    if (equals < 0) break;
    const semicolon = header.indexOf(";", at);
    if (semicolon >= 0 && semicolon < equals) {
      at = semicolon + 1;
      continue;
    }
    const isQuoted = header.charCodeAt(equals + 1) === 0x22;
    const end = isQuoted ? quotedEnd(header, equals + 2) : parameterStart(header, equals) - 1;
    if (header.slice(at, equals).trim().toLowerCase() === name) {
      values.push(
        isQuoted
          ? unescaped(header.slice(equals + 2, end))
          : header.slice(equals + 1, Math.min(end, header.length)).trim(),
      );
    }
    at = isQuoted ? parameterStart(header, end) : end + 1;
  }
  return values;
}

/** The first value of a parameter. */
export function parameterOf(header: string, name: string): string | undefined {
  return header.includes(";") ? parametersOf(header, name)[0] : undefined;
}

/** After the next semicolon, or past the end. */
function parameterStart(header: string, from: number): number {
  const semicolon = header.indexOf(";", from);
  return semicolon < 0 ? header.length + 1 : semicolon + 1;
}

function quotedEnd(header: string, from: number): number {
  for (let at = from; at < header.length; at++) {
    const code = header.charCodeAt(at);
    if (code === 0x5c) at++;
    else if (code === 0x22) return at;
  }
  return header.length;
}

/** Only `\"` and `\\` are undone: browsers send the backslashes of a Windows path as they are. */
function unescaped(text: string): string {
  return text.includes("\\") ? text.replaceAll('\\"', '"').replaceAll("\\\\", "\\") : text;
}
