/**
 * Objects that template engines and web frameworks hand to templates. `only-engine`: no application
 * calls a placeholder so; `called`: an attack when a method or item of it is asked for; `whole`:
 * suspicious only when the expression is nothing else.
 */
export const engineObjects: ReadonlyMap<string, "only-engine" | "called" | "whole"> = new Map([
  ["_self", "only-engine"],
  ["_context", "only-engine"],
  ["_TemplateReference__context", "only-engine"],
  ["$smarty", "only-engine"],
  ["cycler", "only-engine"],
  ["joiner", "only-engine"],
  ["lipsum", "only-engine"],
  ["get_flashed_messages", "only-engine"],
  ["get_context", "only-engine"],
  ["self", "called"],
  ["config", "called"],
  ["settings", "called"],
  ["request", "called"],
  ["session", "called"],
  ["app", "called"],
  ["namespace", "called"],
  ["url_for", "called"],
  ["dump", "called"],
  ["include", "called"],
  ["class", "called"],
  ["pageContext", "only-engine"],
  ["applicationScope", "only-engine"],
  ["sessionScope", "only-engine"],
  ["requestScope", "only-engine"],
  ["handler", "called"],
  ["root", "called"],
  ["global", "called"],
  ["process", "called"],
  ["debug", "whole"],
]);

/** Filters that call the function whose name they are given. */
export const frameworkFilters: ReadonlySet<string> = new Set(
  "filter map sort reduce attr select reject sum call apply array_map".split(" "),
);
