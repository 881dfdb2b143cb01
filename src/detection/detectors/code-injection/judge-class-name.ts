import type { Match } from "../../detector.ts";

/** Packages of Java that only code and gadgets name. */
export const packages: readonly string[] = [
  "java.lang.",
  "java.io.",
  "java.net.",
  "java.beans.",
  "javax.script",
  "javax.naming",
  "javax.management",
  "org.apache.commons",
  "org.apache.struts",
  "org.apache.xalan",
  "org.omg.corba",
  "org.springframework.context.support",
  "com.opensymphony.xwork2",
  "com.sun.org.apache",
  "com.sun.rowset",
  "freemarker.template",
  "freemarker.core",
  "ognl.",
  "sun.misc.",
];

const nameCharsMax = 160;

/**
 * A value that as a whole is the name of a class of Java's own: some parsers make an object of it.
 * Exceptions are what logs and reports consist of.
 */
export function judgeClassName(value: string): Match | undefined {
  if (value.length > nameCharsMax || value.length < 8 || !value.includes(".")) return undefined;
  if (value.includes(" ") && value.trim().includes(" ")) return undefined;
  // `x=java.lang.Runtime` and `java.lang.Runtime=x`: a text of pairs has the name on either side.
  const name =
    classNameIn(value.slice(value.lastIndexOf("=") + 1)) ??
    classNameIn(value.slice(0, Math.max(0, value.indexOf("="))));
  if (name === undefined) return undefined;
  if (name.endsWith("exception") || name.endsWith("error")) return undefined;
  return {
    confidence: "medium",
    start: 0,
    end: value.length,
    explanation: `The value names "${name}", from which a Java expression or an unsafe parser makes an object.`,
  };
}

/** `\\think\\app/invokefunction`: a route that names a class and method of ThinkPHP (CVE-2018-20062). */
export function judgeRoute(value: string): Match | undefined {
  if (value.length > nameCharsMax || !value.includes("\\")) return undefined;
  const start = value.toLowerCase().indexOf(frameworkSpace);
  if (start < 0 || !value.includes("/", start)) return undefined;
  return {
    confidence: "high",
    start,
    end: value.length,
    explanation:
      "The route names a class of the framework itself and one of its methods, which old versions of ThinkPHP call with the request's parameters.",
  };
}

/** What classes of ThinkPHP begin with, in lower case. */
export const frameworkSpace = "\\think\\";

function classNameIn(text: string): string | undefined {
  const name = text.trim().toLowerCase();
  const isKnown = packages.some((prefix) => name.startsWith(prefix)) && isQualifiedName(name);
  return isKnown ? name : undefined;
}

function isQualifiedName(name: string): boolean {
  for (let at = 0; at < name.length; at++) {
    const code = name.charCodeAt(at);
    const isLetter = code >= 0x61 && code <= 0x7a;
    const isOther =
      code === 0x2e || code === 0x5f || code === 0x24 || (code >= 0x30 && code <= 0x39);
    if (!isLetter && !isOther) return false;
  }
  return true;
}
