/** Marks between which a template engine evaluates an expression or a statement. */
export interface Delimiter {
  readonly open: string;
  readonly close: string;
  /** What the explanation calls the engines that use them. */
  readonly engines: string;
  /** `statement` runs code, `output` prints a value; honest documents have both. */
  readonly kind: "output" | "statement";
}

/** Longer marks first where one begins with another. */
export const delimiters: readonly Delimiter[] = [
  { open: "{{", close: "}}", engines: "Jinja, Twig, Handlebars", kind: "output" },
  { open: "{%", close: "%}", engines: "Jinja, Twig, Liquid", kind: "statement" },
  { open: "${", close: "}", engines: "Freemarker, Velocity, Mako, Thymeleaf", kind: "output" },
  { open: "#{", close: "}", engines: "Pug, Slim, Java expression languages", kind: "output" },
  { open: "*{", close: "}", engines: "Thymeleaf", kind: "output" },
  { open: "@{", close: "}", engines: "Razor, Thymeleaf", kind: "output" },
  { open: "<%", close: "%>", engines: "ERB, EJS, JSP", kind: "output" },
  { open: "[[", close: "]]", engines: "Thymeleaf, Angular", kind: "output" },
  { open: "<#", close: ">", engines: "Freemarker", kind: "statement" },
  { open: "[#", close: "]", engines: "Freemarker", kind: "statement" },
  { open: "[=", close: "]", engines: "Freemarker", kind: "output" },
  { open: "#set(", close: ")", engines: "Velocity", kind: "statement" },
  { open: "@(", close: ")", engines: "Razor", kind: "output" },
];

/** A mark of one character that ends expressions and may also stand in them: pairs are counted. */
export function openerOf(close: string): string {
  return close === "}" ? "{" : close === ")" ? "(" : close === "]" ? "[" : "";
}
