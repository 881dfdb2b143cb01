import type { TemplatePin } from "../model/template-pin.ts";
import type { PathPlace } from "./paths/path-view.ts";

/** What a person asks of one endpoint's template. */
export interface PinRequest {
  readonly kind: TemplatePin["kind"];
  readonly endpoint: string;
  /** Number of the segment, from 0; not needed for `template`. */
  readonly segment?: number;
  /** Name of the parameter, for `merge` and `rename`. */
  readonly name?: string;
  /** Literals to keep (`split`, none: all) or to make values of the parameter (`merge`). */
  readonly texts?: readonly string[];
}

/** Who decides, when, and the id that the decision gets. */
export interface PinOrigin {
  readonly id: string;
  readonly createdMs: number;
  readonly by?: string;
}

/** One segment of a template, with what a person needs to decide about it. */
export interface TemplateSegment {
  /** As the template shows it. */
  readonly text: string;
  /** Name of the parameter; missing on a literal. */
  readonly parameter?: string;
  /** Literals at the same place, this one included. */
  readonly literals: readonly string[];
  /** Values at the same place that are still kept one by one. */
  readonly values: readonly string[];
}

/** Segments named of one place. */
const textsShownMax = 100;
const nameLengthMax = 64;

/** The segments of a template that is in force; `way` holds its places, the root first. */
export function templateSegmentsOf(way: readonly PathPlace[]): readonly TemplateSegment[] {
  return way.slice(1).map((place, at) => {
    const text = place.template.slice(place.template.lastIndexOf("/") + 1);
    const before = way[at] as PathPlace;
    const parameter = /\{(.*)\}/.exec(text)?.[1];
    return {
      text,
      ...(parameter === undefined ? {} : { parameter }),
      literals: [...before.literals.keys()].slice(0, textsShownMax),
      values: [...before.values.keys()].slice(0, textsShownMax),
    };
  });
}

export interface RefusedPin {
  /** Why, for the person who asked. */
  readonly refused: string;
}

/** The pin that does what is asked of a template, or why it cannot be done. */
export function pinOf(
  request: PinRequest,
  template: { readonly host: string; readonly way: readonly PathPlace[] },
  origin: PinOrigin,
): TemplatePin | RefusedPin {
  const { kind, segment = -1 } = request;
  const segments = templateSegmentsOf(template.way);
  const base = { ...origin, kind, host: template.host };
  if (kind === "template") return { ...base, ...wholeTemplate(segments) };
  const wanted = segments[segment];
  if (wanted === undefined) return { refused: "The template has no such segment." };
  const last = lastSegmentOf(request, wanted);
  if (typeof last !== "string") return last;
  const before = segments.slice(0, segment).map(({ text }) => text);
  const texts = kind === "rename" ? [] : (request.texts ?? []);
  return { ...base, path: `/${[...before, last].join("/")}`, texts };
}

function wholeTemplate(segments: readonly TemplateSegment[]): Pick<TemplatePin, "path" | "texts"> {
  const texts = segments.flatMap(({ parameter, values }, at) =>
    parameter === undefined ? [] : values.map((text) => `${at}:${text}`),
  );
  return { path: `/${segments.map(({ text }) => text).join("/")}`, texts };
}

/** The segment in question as the pin's path shows it: with the parameter it has or shall have. */
function lastSegmentOf(
  { kind, name, texts = [] }: PinRequest,
  { text, parameter, literals, values }: TemplateSegment,
): string | RefusedPin {
  const wantedName = name ?? parameter ?? "";
  const isNamed = wantedName.length <= nameLengthMax && /^[A-Za-z_][\w-]*$/.test(wantedName);
  if (!isNamed) return { refused: "A name is a letter with letters, digits, _ and - behind it." };
  if (kind === "merge") {
    const isKnown = texts.every((known) => literals.includes(known) || values.includes(known));
    return texts.length > 0 && isKnown
      ? `{${wantedName}}`
      : { refused: "Name segments that stand at this place." };
  }
  if (parameter === undefined) return { refused: "This segment is no parameter." };
  return text.replace(/\{.*\}/, `{${wantedName}}`);
}
