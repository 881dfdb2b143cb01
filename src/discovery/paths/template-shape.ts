/** A template without the names of its parameters and without a slash at the end: `/users/{}`. */
export function shapeOf(template: string): string {
  const nameless = template.replace(/\{[^/]*\}/g, "{}");
  return nameless.length > 1 && nameless.endsWith("/") ? nameless.slice(0, -1) : nameless;
}
