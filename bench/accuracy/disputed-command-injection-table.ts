import type { Dispute } from "./disputed-table.ts";

const cls = "command-injection";

/** Cases of command injection that start no command in any shell. */
export const commandInjectionDisputes: readonly Dispute[] = [
  ...["fuzzdb", "payloadsallthethings", "httpparams"].flatMap((corpus): Dispute[] => [
    {
      corpus,
      cls,
      reason:
        "The name of a program alone, or any other single word, also in quotes: without a mark that opens a command it changes no structure, and it is what fields such as `type=date` hold.",
      matches: (_id, payload) =>
        /^['"]?[\w.@-]+\+{0,2}\w*(?:(?:, |\/)\w+)?['"]?;?$/.test(payload.trim()),
    },
    {
      corpus,
      cls,
      reason: "Separators and quotes without a command, or white space.",
      matches: (_id, payload) => /^(?:%0[ad]|\\[nr]|[^\p{L}\p{N}])*$/iu.test(payload),
    },
    {
      corpus,
      cls,
      reason:
        "Code of PHP or of a template language: no shell sees it. Code and template injection have detectors of their own.",
      matches: (_id, payload) =>
        /phpinfo\(|phpversion\(|^[;' %20]*\{?\$\{|^\{\{|^\{%|^;?\{\$_GET|^\{1\}/.test(payload),
    },
  ]),
  {
    corpus: "fuzzdb",
    cls,
    reason: "A template in which a command is still to be put for `{cmd}`.",
    matches: (_id, payload) => payload.includes("{cmd}"),
  },
  ...["fuzzdb", "payloadsallthethings"].map(
    (corpus): Dispute => ({
      corpus,
      cls,
      reason:
        "Words of a harmless command line with no mark that opens one: only an endpoint that runs what it is sent would run it, and then on purpose.",
      matches: (_id, payload) =>
        /^(?:sleep \d+|which \w+|net view|netsh firewall set opmode disable|ping -n 30)$/.test(
          payload.trim(),
        ),
    }),
  ),
  {
    corpus: "payloadsallthethings",
    cls,
    reason: "A closed quote and an argument: no separator begins a command.",
    matches: (_id, payload) => /^['"] whoami$/.test(payload),
  },
  {
    corpus: "payloadsallthethings",
    cls,
    reason: "Letters lost in the list: `|nid`, or a colour code glued to the command's name.",
    matches: (_id, payload) => payload === "|nid\\n" || payload.includes("\\033[2"),
  },
  {
    corpus: "httpparams",
    cls,
    reason:
      "A line of the data set's own table in which the columns ran together: no shell's syntax.",
    matches: (_id, payload) => /,\d+,cmdi,anom/.test(payload),
  },
  {
    corpus: "crs-regression",
    cls,
    reason:
      "Arithmetic, parameters without effect, a set of characters that matches only itself, a template literal, history of interactive shells, an unclosed quote, or a condition without a command: nothing runs.",
    matches: (id) => withoutEffect.has(id),
  },
  {
    corpus: "crs-regression",
    cls,
    reason: "The lookup of another library (JNDI) in a value: a class of its own.",
    matches: (id) => id === "crs:932130-6",
  },
  {
    corpus: "crs-regression",
    cls,
    reason:
      "The name of an uploaded file, such as `config.yml`: a rule about uploads, and no command.",
    matches: (id) => id.startsWith("crs:932180-"),
  },
  {
    corpus: "crs-regression",
    cls: "honest",
    reason:
      "An attack that one rule does not match at its level; a test of that rule, not honest input.",
    matches: (id) => attacksCalledHonest.has(id),
  },
];

const withoutEffect: ReadonlySet<string> = idsOf(
  "932130-2 932130-9 932130-17 932130-22 932130-23 932130-28 932130-29 932130-30 932130-34 932140-143 932140-147 932230-33 932330-1 932330-2 932340-16",
);
const attacksCalledHonest: ReadonlySet<string> = idsOf(
  "932207-3 932207-4 932230-17 932230-42 932230-43 932230-44 932230-46 932236-9",
);

function idsOf(list: string): ReadonlySet<string> {
  return new Set(list.split(" ").map((id) => `crs:${id}`));
}
