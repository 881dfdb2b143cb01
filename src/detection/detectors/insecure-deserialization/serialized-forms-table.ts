import type { Confidence } from "../../../model/detection.ts";

export interface Form {
  readonly language: string;
  readonly confidence: Confidence;
}

/** How serialised bytes begin, as text, base64 or hexadecimal digits. */
export const binaryForms: readonly (Form & { readonly start: string; readonly minimum: number })[] =
  [
    { start: "rO0AB", language: "Java", confidence: "high", minimum: 5 },
    { start: "\u00ac\u00ed\u0000\u0005", language: "Java", confidence: "high", minimum: 4 },
    { start: "aced0005", language: "Java", confidence: "high", minimum: 12 },
    { start: "ACED0005", language: "Java", confidence: "high", minimum: 12 },
    { start: "KztAAU", language: "Java", confidence: "high", minimum: 8 },
    { start: "H4sIAAAAAAAAAJVUTW", language: "Java", confidence: "medium", minimum: 64 },
    { start: "AAEAAAD/////", language: ".NET", confidence: "high", minimum: 16 },
    { start: "/w8AAAD/////", language: ".NET", confidence: "medium", minimum: 16 },
    { start: "gASV", language: "Python", confidence: "medium", minimum: 24 },
    { start: "gAJjcG9zaXgKc3lzdGVt", language: "Python", confidence: "high", minimum: 20 },
    { start: "gANjcG9zaXgKc3lzdGVt", language: "Python", confidence: "high", minimum: 20 },
    { start: "gANjYnVpbHRpbnMK", language: "Python", confidence: "high", minimum: 16 },
    { start: "gANjc3VicHJvY2Vzcw", language: "Python", confidence: "high", minimum: 18 },
    { start: "gAJjX19idWlsdGluX18K", language: "Python", confidence: "high", minimum: 20 },
    { start: "BAhvOk", language: "Ruby", confidence: "medium", minimum: 16 },
    { start: "BAhbCGMV", language: "Ruby", confidence: "high", minimum: 16 },
    { start: "BAhVOhV", language: "Ruby", confidence: "high", minimum: 16 },
    { start: "0408553a", language: "Ruby", confidence: "high", minimum: 24 },
    { start: "04085b08", language: "Ruby", confidence: "high", minimum: 24 },
  ];

/** A text that tells a serialised object, wherever it stands in a value. */
export interface TextForm extends Form {
  readonly text: string;
}

/** Forms by a sign that their texts have and few values do. */
export const textForms: readonly (readonly [sign: string, forms: readonly TextForm[]])[] = [
  ["_$$ND", [{ text: "_$$ND_FUNC$$_", language: "node-serialize", confidence: "high" }]],
  ["__js", [{ text: "__js_function", language: "funcster", confidence: "high" }]],
  [
    "!",
    [
      { text: "!!python/", language: "YAML for Python", confidence: "high" },
      { text: "!ruby/object", language: "YAML for Ruby", confidence: "high" },
      { text: "!ruby/hash", language: "YAML for Ruby", confidence: "high" },
      { text: "!ruby/struct", language: "YAML for Ruby", confidence: "high" },
      { text: "!!javax.", language: "YAML for Java", confidence: "high" },
      { text: "!!java.", language: "YAML for Java", confidence: "high" },
      { text: "!!com.sun.", language: "YAML for Java", confidence: "high" },
      { text: "!!org.springframework.", language: "YAML for Java", confidence: "high" },
      { text: "!!js/function", language: "YAML for JavaScript", confidence: "high" },
      { text: "!php/object", language: "YAML for PHP", confidence: "high" },
    ],
  ],
  [
    ":python/",
    [{ text: "tag:yaml.org,2002:python/", language: "YAML for Python", confidence: "high" }],
  ],
  [
    "\n",
    [
      { text: "cos\nsystem\n", language: "Python", confidence: "high" },
      { text: "cposix\nsystem\n", language: "Python", confidence: "high" },
      { text: "cnt\nsystem\n", language: "Python", confidence: "high" },
      { text: "csubprocess\n", language: "Python", confidence: "high" },
      { text: "c__builtin__\n", language: "Python", confidence: "high" },
      { text: "cbuiltins\n", language: "Python", confidence: "high" },
    ],
  ],
  [
    "::",
    [
      { text: "Gem::Requirement", language: "Ruby", confidence: "high" },
      { text: "Gem::Installer", language: "Ruby", confidence: "high" },
      { text: "Gem::SpecFetcher", language: "Ruby", confidence: "high" },
    ],
  ],
  [
    "DeprecatedInstance",
    [{ text: "DeprecatedInstanceVariableProxy", language: "Ruby", confidence: "high" }],
  ],
  [
    "<",
    [
      { text: "<dynamic-proxy", language: "XStream", confidence: "high" },
      { text: '<java version="', language: "Java's XML encoder", confidence: "medium" },
      { text: "<ObjectDataProvider", language: ".NET", confidence: "high" },
    ],
  ],
];

/**
 * Classes that run code while they are read: the last word of their name, lower case, and what must
 * stand before it, empty where the word alone tells.
 */
export const gadgetClasses: ReadonlyMap<string, string> = new Map([
  ["jdbcrowsetimpl", ""],
  ["templatesimpl", ""],
  ["invokertransformer", ""],
  ["chainedtransformer", ""],
  ["instantiatetransformer", ""],
  ["instantiatefactory", ""],
  ["prototypeclonefactory", ""],
  ["prototypeserializationfactory", ""],
  ["clonetransformer", ""],
  ["whileclosure", ""],
  ["forclosure", ""],
  ["jndirefforwardingdatasource", ""],
  ["wrapperconnectionpooldatasource", ""],
  ["classpathxmlapplicationcontext", "org.springframework."],
  ["filesystemxmlapplicationcontext", "org.springframework."],
  ["propertypathfactorybean", "org.springframework."],
  ["drivermanagerconnectionsource", "ch.qos.logback."],
  ["jndidatasourcefactory", "org.apache.ibatis."],
  ["xmldecoder", "java.beans."],
  ["eventhandler", "java.beans."],
  ["containsfilter", "javax.imageio."],
  ["objectbean", "com.sun.syndication."],
  ["basicdatasource", "org.apache.tomcat.dbcp."],
  ["objectdataprovider", ""],
  ["assemblyinstaller", ""],
  ["typeconfusedelegate", ""],
  ["textformattingrunproperties", ""],
  ["windowsidentity", "system.security.principal."],
  ["xamlreader", "system.windows.markup."],
  ["workflowdesigner", "system.activities.presentation."],
]);
