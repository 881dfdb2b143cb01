import { isHost } from "./http-characters.ts";
import { type Violation, violation } from "./violation.ts";

/** A request target taken apart; `authority` only where the target itself names one. */
export interface RequestTarget {
  readonly authority: string | undefined;
  /** What an upstream gets: origin-form or `*`. */
  readonly originForm: string;
  readonly path: string;
  readonly query: string;
}

/** Reads origin-form, absolute-form and asterisk-form; everything else is a violation. */
export function readRequestTarget(method: string, target: string): RequestTarget | Violation {
  const broken = findBadCharacter(target);
  if (broken !== undefined) return broken;
  if (target.startsWith("/")) return partsOf(undefined, target);
  if (target === "*") {
    if (method === "OPTIONS")
      return { authority: undefined, originForm: "*", path: "*", query: "" };
    return violation("invalid-target", "`*` is a target of OPTIONS only.");
  }
  return readAbsoluteForm(method, target);
}

function readAbsoluteForm(method: string, target: string): RequestTarget | Violation {
  const scheme = /^https?:\/\//i.exec(target)?.[0];
  if (scheme === undefined) {
    return violation("invalid-target", "The target is neither a path nor an http(s) address.");
  }
  let end = scheme.length;
  while (end < target.length && target[end] !== "/" && target[end] !== "?") end += 1;
  const authority = target.slice(scheme.length, end);
  if (!isHost(authority)) {
    return violation("invalid-target", "The target's address has no valid host.");
  }
  const rest = target.slice(end);
  if (rest === "" && method === "OPTIONS") {
    return { authority, originForm: "*", path: "*", query: "" };
  }
  return partsOf(authority, rest.startsWith("/") ? rest : `/${rest}`);
}

function partsOf(authority: string | undefined, originForm: string): RequestTarget {
  const mark = originForm.indexOf("?");
  return {
    authority,
    originForm,
    path: mark < 0 ? originForm : originForm.slice(0, mark),
    query: mark < 0 ? "" : originForm.slice(mark + 1),
  };
}

function findBadCharacter(target: string): Violation | undefined {
  if (target === "") return violation("invalid-target", "The request line has no target.");
  for (let index = 0; index < target.length; index += 1) {
    const code = target.charCodeAt(index);
    if (code === 0x23) return violation("fragment-in-target", "The target has a fragment (`#`).");
    if (code <= 0x20 || code >= 0x7f) {
      return violation(
        "invalid-character-in-target",
        "The target holds white space, a control or a byte above ASCII that is not percent-encoded.",
      );
    }
  }
  return undefined;
}
