import { isRecord } from "../model/is-record.ts";
import { pointedTo } from "./pointed-to.ts";
import type { DocumentedOperation, DocumentedParameter, Specification } from "./specification.ts";
import type { SpecificationText } from "./specification-text.ts";

type Pointer = readonly string[];

const methods: readonly string[] = [
  "get",
  "put",
  "post",
  "delete",
  "options",
  "head",
  "patch",
  "trace",
  "query",
];
const basePathsMax = 8;
const referencesMax = 16;

/** Reads what discovery compares from OpenAPI 3.x or 2.0. Throws ERR_SPECIFICATION_INVALID. */
export function readOpenApi(text: SpecificationText): Specification {
  const { root, source } = text;
  if (!isRecord(root)) throw text.invalid([], "not an object");
  const { openapi, swagger, paths = {}, info } = root;
  const isOpenApi = typeof openapi === "string" && openapi.startsWith("3.");
  if (!isOpenApi && String(swagger) !== "2.0") {
    throw text.invalid([], "neither `openapi: 3.x` nor `swagger: 2.0`");
  }
  if (!isRecord(paths)) throw text.invalid(["paths"], "not an object");
  const servers = isOpenApi ? serversOf(root["servers"]) : swaggerServersOf(root);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    path.startsWith("/") ? operationsOf(text, path, item, servers.basePaths) : [],
  );
  const about = isRecord(info) ? info : {};
  return {
    source,
    title: String(about["title"] ?? source),
    version: String(about["version"] ?? ""),
    hosts: servers.hosts,
    operations,
    document: { format: "openapi", root },
  };
}

interface Servers {
  readonly hosts: readonly string[];
  readonly basePaths: readonly string[];
}

function serversOf(servers: unknown): Servers {
  const hosts = new Set<string>();
  const basePaths = new Set<string>();
  for (const server of Array.isArray(servers) ? servers : []) {
    if (!isRecord(server) || typeof server["url"] !== "string") continue;
    const url = expanded(server["url"], server["variables"]);
    const absolute = /^(https?):\/\/([^/?#]+)([^?#]*)/i.exec(url);
    if (absolute !== null) hosts.add(hostOf(absolute[1] ?? "https", absolute[2] ?? ""));
    basePaths.add(basePathOf(absolute === null ? url : (absolute[3] ?? "")));
  }
  if (basePaths.size === 0) basePaths.add("");
  return {
    // A host with a variable in it stands for many.
    hosts: [...hosts].filter((host) => !host.includes("{")),
    basePaths: [...basePaths].slice(0, basePathsMax),
  };
}

function expanded(url: string, variables: unknown): string {
  return url.replace(/\{([^{}]+)\}/g, (all, name: string) => {
    const variable = isRecord(variables) ? variables[name] : undefined;
    const value = isRecord(variable) ? variable["default"] : undefined;
    return typeof value === "string" ? value : all;
  });
}

function swaggerServersOf({ host, basePath, schemes }: Readonly<Record<string, unknown>>): Servers {
  const scheme = Array.isArray(schemes) && schemes[0] === "http" ? "http" : "https";
  return {
    hosts: typeof host === "string" && host !== "" ? [hostOf(scheme, host)] : [],
    basePaths: [typeof basePath === "string" ? basePathOf(basePath) : ""],
  };
}

function hostOf(scheme: string, authority: string): string {
  const standard = scheme.toLowerCase() === "http" ? ":80" : ":443";
  const host = authority.toLowerCase().replace(/^[^@]*@/, "");
  return host.endsWith(standard) ? host.slice(0, -standard.length) : host;
}

function basePathOf(path: string): string {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed === "" || trimmed.startsWith("/") ? trimmed : `/${trimmed}`;
}

function operationsOf(
  text: SpecificationText,
  path: string,
  rawItem: unknown,
  basePaths: readonly string[],
): readonly DocumentedOperation[] {
  const pointer: Pointer = ["paths", path];
  const item = resolved(text, rawItem, pointer);
  if (!isRecord(item)) throw text.invalid(pointer, "not an object");
  const shared = parametersOf(text, item["parameters"], [...pointer, "parameters"]);
  return methods.flatMap((method) => {
    const operation = item[method];
    if (operation === undefined) return [];
    const at = [...pointer, method];
    if (!isRecord(operation)) throw text.invalid(at, "not an object");
    const own = parametersOf(text, operation["parameters"], [...at, "parameters"]);
    const overridden = new Set(own.map((parameter) => `${parameter.in}:${parameter.name}`));
    const described = {
      method: method.toUpperCase(),
      pointer: at,
      deprecated: operation["deprecated"] === true,
      ...securedOf(text, operation["security"]),
      parameters: [
        ...shared.filter((parameter) => !overridden.has(`${parameter.in}:${parameter.name}`)),
        ...own,
      ],
    };
    return basePaths.map((basePath) => ({ ...described, path: `${basePath}${path}` }));
  });
}

function securedOf(
  { root }: SpecificationText,
  own: unknown,
): Pick<DocumentedOperation, "secured"> {
  const security = own ?? (isRecord(root) ? root["security"] : undefined);
  if (!Array.isArray(security)) return {};
  const isOptional = security.some(
    (scheme) => isRecord(scheme) && Object.keys(scheme).length === 0,
  );
  return { secured: security.length > 0 && !isOptional };
}

function parametersOf(
  text: SpecificationText,
  list: unknown,
  pointer: Pointer,
): readonly DocumentedParameter[] {
  if (list === undefined) return [];
  if (!Array.isArray(list)) throw text.invalid(pointer, "not a list");
  return list.map((raw: unknown, at) => {
    const here = [...pointer, String(at)];
    const parameter = resolved(text, raw, here);
    if (!isRecord(parameter) || typeof parameter["name"] !== "string") {
      throw text.invalid(here, "a parameter needs a name");
    }
    const schema = isRecord(parameter["schema"]) ? parameter["schema"] : parameter;
    const type = schema["format"] ?? schema["type"];
    return {
      in: String(parameter["in"] ?? "query"),
      name: parameter["name"],
      required: parameter["required"] === true,
      type: typeof type === "string" ? type : "string",
    };
  });
}

/** Follows local references; one to another file, which only a loaded file can have, is an error. */
function resolved(text: SpecificationText, value: unknown, pointer: Pointer): unknown {
  let current = value;
  for (let followed = 0; isRecord(current) && typeof current["$ref"] === "string"; followed += 1) {
    const reference = current["$ref"];
    if (!reference.startsWith("#/"))
      throw text.invalid(pointer, `${reference} is in another file, which is not read`);
    if (followed >= referencesMax) throw text.invalid(pointer, `${reference} leads in a circle`);
    current = pointedTo(text.root, reference);
    if (current === undefined) throw text.invalid(pointer, `${reference} leads nowhere`);
  }
  return current;
}
