/** Text that is already markup; everything else is escaped when it is put into markup. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = Markup | string | number | undefined | readonly Part[];

/** Template tag: values are escaped unless they are markup themselves; lists are joined. */
export function html(texts: TemplateStringsArray, ...values: readonly Part[]): Markup {
  let out = texts[0] ?? "";
  for (const [at, value] of values.entries()) out += written(value) + (texts[at + 1] ?? "");
  return new Markup(out);
}

function written(value: Part): string {
  if (value === undefined) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(written).join("");
  return escaped(String(value));
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Evidence comes from clients: markup in it stays text, and so do its control characters. */
function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
}
