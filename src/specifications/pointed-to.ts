import { isRecord } from "../model/is-record.ts";

/** What a local reference (`#/components/schemas/User`) leads to; `undefined` when nothing is there. */
export function pointedTo(root: unknown, reference: string): unknown {
  let current = root;
  for (const part of reference.slice(2).split("/")) {
    const name = decodeURIComponentOrSelf(part).replaceAll("~1", "/").replaceAll("~0", "~");
    if (Array.isArray(current)) current = current[Number(name)] as unknown;
    else if (isRecord(current) && Object.hasOwn(current, name)) current = current[name];
    else return undefined;
  }
  return current;
}

function decodeURIComponentOrSelf(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
