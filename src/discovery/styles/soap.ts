import { SaxesParser } from "saxes";
import { decodedBodyOf } from "../../http/decompression.ts";
import { textOf } from "../../http/text-decoding.ts";
import { headerOf } from "../../model/exchange.ts";
import type { Observation } from "../observation.ts";
import type { Operation } from "./operation.ts";

/** How far into an envelope the body element is looked for. */
const searchedBytesMax = 65_536;

/** The body element of a SOAP 1.1 or 1.2 envelope, else the last part of the SOAPAction. */
export function soapOperationOf(observation: Observation): readonly Operation[] | undefined {
  const element = bodyElementOf(observation);
  const action = headerOf(observation.requestHeaders, "soapaction") ?? actionParameter(observation);
  if (element.isEnvelope || action !== undefined) {
    const name = element.name ?? lastPart(action);
    return name === undefined ? undefined : [{ style: "soap", name }];
  }
  return undefined;
}

function bodyElementOf({ exchange }: Observation): {
  readonly isEnvelope: boolean;
  readonly name?: string;
} {
  const { headers, body } = exchange.request;
  if (body === undefined || body.bytes.length === 0) return { isEnvelope: false };
  const bytes = decodedBodyOf(headers, body.bytes, searchedBytesMax).bytes.subarray(
    0,
    searchedBytesMax,
  );
  return firstBodyElement(textOf(headers, bytes));
}

function firstBodyElement(text: string): { readonly isEnvelope: boolean; readonly name?: string } {
  const path: string[] = [];
  const found: { name?: string; isEnvelope: boolean } = { isEnvelope: false };
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on("opentag", ({ name }) => {
    const local = name.slice(name.indexOf(":") + 1);
    if (path.length === 0 && local === "Envelope") found.isEnvelope = true;
    if (path.length === 2 && path[0] === "Envelope" && path[1] === "Body") found.name ??= local;
    path.push(local);
  });
  parser.on("closetag", () => path.pop());
  // A cut or broken envelope may still have named its operation.
  parser.on("error", () => undefined);
  try {
    parser.write(text);
  } catch {
    return found;
  }
  return found;
}

/** SOAP 1.2 has the action in the media type's parameters. */
function actionParameter({ requestHeaders }: Observation): string | undefined {
  return /;\s*action="?([^";]{1,200})/i.exec(headerOf(requestHeaders, "content-type") ?? "")?.[1];
}

function lastPart(action: string | undefined): string | undefined {
  const name = action?.replaceAll('"', "").split(/[/#:]/).at(-1)?.trim();
  return name !== undefined && /^[\w.-]{1,100}$/.test(name) ? name : undefined;
}
