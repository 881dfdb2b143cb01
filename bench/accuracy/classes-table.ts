/** Names of the corpora for a class of attack → the detector that has to see it. */
export const detectorOfClass: Readonly<Record<string, string>> = {
  sqli: "sql-injection",
  "sql-injection": "sql-injection",
  "SQL Injection": "sql-injection",
  xss: "cross-site-scripting",
  "XSS Injection": "cross-site-scripting",
  "Script Injection": "cross-site-scripting",
  "path-traversal": "path-traversal",
  lfi: "path-traversal",
  "Directory Traversal": "path-traversal",
  "File Inclusion": "path-traversal",
  cmdi: "command-injection",
  "os-cmd-execution": "command-injection",
  "Command Injection": "command-injection",
  "no-sql-injection": "nosql-injection",
  "NoSQL Injection": "nosql-injection",
  ldap: "ldap-injection",
  "LDAP Injection": "ldap-injection",
  xpath: "xpath-injection",
  "XPATH Injection": "xpath-injection",
  xml: "xml-attack",
  "XXE Injection": "xml-attack",
  "XXE Injection (XML)": "xml-attack",
  "Server Side Template Injection": "template-injection",
  "jinja2 injection": "template-injection",
  "Server Side Request Forgery": "server-side-request-forgery",
  redirect: "open-redirect",
  "Open Redirect": "open-redirect",
  "server-side-include": "server-side-include",
  "Insecure Deserialization": "insecure-deserialization",
};

/** Families of the OWASP CRS (rule id divided by 1,000) → the detector that has to see them. */
export const detectorOfRuleFamily: Readonly<Record<number, string>> = {
  930: "path-traversal",
  932: "command-injection",
  941: "cross-site-scripting",
  942: "sql-injection",
};

/** Rules that look for something else than their family. */
export const detectorOfRule: Readonly<Record<number, string>> = {
  942290: "nosql-injection",
};
