import { compare as comparePython } from "@renovatebot/pep440";
import { gt as gtRuby, lt as ltRuby } from "@renovatebot/ruby-semver";
import { compare as compareMaven } from "mvncmp";
import semver from "semver";

/** Less than, equal to or greater than 0; throws on what is no version of the ecosystem. */
type Comparison = (left: string, right: string) => number;

/** How versions of an ecosystem (OSV's name, without suffix) are ordered. */
export function comparisonOf(ecosystem: string): Comparison {
  return comparisons[ecosystem] ?? compareSemantic;
}

const comparisons: Readonly<Record<string, Comparison>> = {
  PyPI: (left, right) => comparePython(left, right),
  Maven: (left, right) => compareMaven(left, right),
  RubyGems: (left, right) => Number(gtRuby(left, right)) - Number(ltRuby(left, right)),
  NuGet: compareDotted,
  Packagist: compareDotted,
};

function compareSemantic(left: string, right: string): number {
  return semver.compare(completed(left), completed(right), true);
}

/** `1.2` and `v1.2` are written where `1.2.0` is meant. */
function completed(version: string): string {
  const found = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(.*)$/s.exec(version);
  if (found === null) return version;
  const [, major, minor = "0", patch = "0", rest = ""] = found;
  return `${major}.${minor}.${patch}${rest}`;
}

/** Any number of numeric parts, then a pre-release as in semantic versions. */
function compareDotted(left: string, right: string): number {
  const [a, b] = [dotted(left), dotted(right)];
  for (let at = 0; at < Math.max(a.numbers.length, b.numbers.length); at += 1) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  if (a.rest === b.rest) return 0;
  if (a.rest === "") return 1;
  if (b.rest === "") return -1;
  return semver.compare(`0.0.0-${a.rest}`, `0.0.0-${b.rest}`, true);
}

function dotted(version: string): { numbers: readonly number[]; rest: string } {
  const found = /^v?(\d+(?:\.\d+)*)(?:[-.]?([0-9A-Za-z][0-9A-Za-z.-]*))?(?:\+.*)?$/s.exec(version);
  if (found === null) throw new RangeError(`no version: ${version.slice(0, 64)}`);
  return { numbers: (found[1] ?? "").split(".").map(Number), rest: found[2] ?? "" };
}
