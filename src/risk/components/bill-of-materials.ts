import { PackageURL } from "packageurl-js";
import { isRecord } from "../../model/is-record.ts";
import type { Component } from "./vulnerability.ts";

type Json = Readonly<Record<string, unknown>>;

/** Types of package URLs → OSV's ecosystems. */
const ecosystems: Readonly<Record<string, string>> = {
  npm: "npm",
  pypi: "PyPI",
  maven: "Maven",
  golang: "Go",
  gem: "RubyGems",
  cargo: "crates.io",
  nuget: "NuGet",
  composer: "Packagist",
  hex: "Hex",
  pub: "Pub",
  swift: "SwiftURL",
};
const nestedMax = 64;

/** Components of a CycloneDX or SPDX document; undefined when it is neither. */
export function bomComponents(document: Json): readonly Component[] | undefined {
  if (document["bomFormat"] === "CycloneDX") {
    const urls: string[] = [];
    collectCycloneDx(document["components"], 0, urls);
    return urls.flatMap(componentOfUrl);
  }
  if (typeof document["spdxVersion"] === "string") return spdxComponents(document["packages"]);
  // SPDX 3 is a graph of elements.
  if (Array.isArray(document["@graph"])) {
    return document["@graph"].flatMap((element: unknown) => {
      if (!isRecord(element)) return [];
      const url = element["packageUrl"] ?? element["software_packageUrl"];
      return typeof url === "string" ? componentOfUrl(url) : [];
    });
  }
  return undefined;
}

function collectCycloneDx(components: unknown, depth: number, urls: string[]): void {
  if (!Array.isArray(components) || depth > nestedMax) return;
  for (const component of components) {
    if (!isRecord(component)) continue;
    if (typeof component["purl"] === "string") urls.push(component["purl"]);
    if (component["components"] !== undefined) {
      collectCycloneDx(component["components"], depth + 1, urls);
    }
  }
}

function spdxComponents(packages: unknown): readonly Component[] {
  if (!Array.isArray(packages)) return [];
  return packages.flatMap((item: unknown) => {
    const references = isRecord(item) ? item["externalRefs"] : undefined;
    if (!Array.isArray(references)) return [];
    const url = references.find(
      (reference: unknown) => isRecord(reference) && reference["referenceType"] === "purl",
    ) as Json | undefined;
    const locator = url?.["referenceLocator"];
    return typeof locator === "string" ? componentOfUrl(locator) : [];
  });
}

function componentOfUrl(text: string): readonly Component[] {
  try {
    const { type, namespace, name, version } = PackageURL.fromString(text);
    const ecosystem = ecosystems[type ?? ""];
    if (ecosystem === undefined || !name || !version) return [];
    return [
      {
        ecosystem,
        name: namedIn(ecosystem, namespace ?? "", name),
        version: plain(ecosystem, version),
      },
    ];
  } catch {
    return [];
  }
}

function namedIn(ecosystem: string, namespace: string, name: string): string {
  if (namespace === "") return name;
  return ecosystem === "Maven" ? `${namespace}:${name}` : `${namespace}/${name}`;
}

/** OSV writes Go's versions without their v. */
export function plain(ecosystem: string, version: string): string {
  return ecosystem === "Go" ? version.replace(/^v/, "").replace(/\+incompatible$/, "") : version;
}
