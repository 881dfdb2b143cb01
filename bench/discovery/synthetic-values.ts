/** A seeded source of randomness in [0, 1). */
export type Random = () => number;

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A value of a style, such as `uuid` or `slug`. */
export function makeValue(style: string, random: Random): string {
  const make = styles[style];
  if (make === undefined) throw new Error(`no style of values named ${style}`);
  return make(random);
}

const digits = "0123456789";
const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = lower.toUpperCase();

const adjectives =
  "red blue green quiet loud warm cold soft wild fresh classic organic vintage modern tiny giant royal simple smart lucky golden silver wooden leather cotton wireless portable electric heavy light".split(
    " ",
  );
const things =
  "chair lamp table shirt jacket shoe bottle kettle knife spoon laptop phone camera guitar drum tent bicycle helmet glove scarf mirror carpet pillow blanket basket candle clock mug plate bowl vase".split(
    " ",
  );
const givenNames =
  "anna ben clara david elena frank greta hugo ines jan karla leo mia noah olga paul quinn rosa sam tina uwe vera will yara zoe".split(
    " ",
  );
const familyNames =
  "smith jones becker fischer wagner rossi moreau dubois svensson nowak kowalski petrov ivanova tanaka suzuki chen wang kim park singh patel".split(
    " ",
  );

const styles: Readonly<Record<string, (random: Random) => string>> = {
  int: (random) => String(1 + Math.floor(10 ** (1 + random() * 5))),
  uuid: (random) =>
    `${hex(random, 8)}-${hex(random, 4)}-4${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`,
  ulid: (random) => `01${letters(random, "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24)}`,
  objectid: (random) => `65${hex(random, 22)}`,
  hex: (random) => hex(random, 16),
  sha: (random) => hex(random, 40),
  nano: (random) => letters(random, `${digits}${lower}${upper}_-`, 21),
  base36: (random) => letters(random, digits + lower, 10),
  token: (random) => letters(random, `${digits}${lower}${upper}_-`, 68),
  snowflake: (random) => `1${letters(random, digits, 18)}`,
  prefixed: (random) => `pay_${letters(random, digits + lower + upper, 16)}`,
  order: (random) => `ORD-${2024 + Math.floor(random() * 3)}-${letters(random, digits, 6)}`,
  sku: (random) => `${letters(random, upper, 3)}-${letters(random, digits, 4)}`,
  coupon: (random) => `${pick(random, things).toUpperCase()}${10 * (1 + Math.floor(random() * 5))}`,
  slug: (random) =>
    `${pick(random, adjectives)}-${pick(random, things)}${random() < 0.3 ? `-${letters(random, digits, 2)}` : ""}`,
  word: (random) => pick(random, things),
  ksuid: (random) => `2${letters(random, digits + lower + upper, 26)}`,
  base58: (random) =>
    letters(random, "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 22),
  slugid: (random) =>
    `${pick(random, adjectives)}-${pick(random, things)}-${letters(random, digits, 7)}`,
  idslug: (random) =>
    `${letters(random, digits, 5)}-${pick(random, adjectives)}-${pick(random, things)}`,
  composite: (random) => `${pick(random, ["eu", "us"])}:${letters(random, digits, 6)}`,
  hashprefix: (random) => hex(random, 7),
  geo: (random) => `${(40 + random() * 15).toFixed(4)},${(5 + random() * 12).toFixed(4)}`,
  isodate: (random) =>
    `2026-${String(1 + Math.floor(random() * 12)).padStart(2, "0")}-${String(1 + Math.floor(random() * 28)).padStart(2, "0")}`,
  camelname: (random) =>
    `${pick(random, givenNames)}${pick(random, familyNames).replace(/^./, (first) => first.toUpperCase())}`,
  name: (random) => nameOf(random),
  project: (random) => projectOf(random),
  branch: (random) =>
    pick(random, [
      "main",
      "develop",
      `fix-${pick(random, things)}`,
      `release-${letters(random, digits, 2)}`,
    ]),
  semver: (random) =>
    `v${Math.floor(random() * 5)}.${Math.floor(random() * 20)}.${Math.floor(random() * 9)}`,
  file: (random) =>
    `${pick(random, things)}.${pick(random, ["md", "txt", "png", "pdf", "json", "ts"])}`,
  pod: (random) =>
    `${pick(random, adjectives)}-${pick(random, things)}-${letters(random, digits + lower, 9)}-${letters(random, digits + lower, 5)}`,
  hostname: (random) =>
    `ip-10-0-${Math.floor(random() * 255)}-${Math.floor(random() * 255)}.internal`,
  tenant: (random) => pick(random, ["nordstadt", "suedpark", "am-markt", "westend"]),
  email: (random) => `${pick(random, givenNames)}.${pick(random, familyNames)}@clinic.example`,
  room: (random) => `${pick(random, ["A", "B", "C"])}${Math.floor(100 + random() * 30)}`,
  date: (random) => `2026-${two(random, 12)}-${two(random, 28)}`,
  year: (random) => String(2020 + Math.floor(random() * 7)),
  month: (random) => two(random, 12),
  coordinates: (random) => `${(random() * 90).toFixed(4)},${(random() * 180).toFixed(4)}`,
  country: (random) => pick(random, ["DE", "FR", "IT", "US", "JP", "BR", "IN", "PL", "SE"]),
  currency: (random) => pick(random, ["EUR", "USD", "GBP", "JPY", "CHF"]),
  locale: (random) => pick(random, ["en-US", "de-DE", "fr-FR", "it-IT"]),
  emoji: (random) => pick(random, ["%F0%9F%91%8D", "%F0%9F%98%80", "%E2%9D%A4"]),
  iban: (random) => `DE${letters(random, digits, 20)}`,
  mac: (random) => Array.from({ length: 6 }, () => hex(random, 2)).join(":"),
  domain: (random) =>
    `${pick(random, things)}-${pick(random, things)}.${pick(random, ["com", "org", "de", "io"])}`,
  uri: (random) => `music:track:${letters(random, digits + lower + upper, 22)}`,
};

function nameOf(random: Random): string {
  const [given, family] = [pick(random, givenNames), pick(random, familyNames)];
  const forms = [
    `${given}${family}`,
    `${given}.${family}`,
    `${given}_${family}`,
    given,
    `${given}${letters(random, digits, 2)}`,
  ];
  return pick(random, forms);
}

function projectOf(random: Random): string {
  const [one, two] = [pick(random, adjectives), pick(random, things)];
  return pick(random, [
    `${one}-${two}`,
    `${one}_${two}`,
    two,
    `${two}.js`,
    `${one}${two.charAt(0).toUpperCase()}${two.slice(1)}`,
  ]);
}

function two(random: Random, max: number): string {
  return String(1 + Math.floor(random() * max)).padStart(2, "0");
}

function hex(random: Random, length: number): string {
  return letters(random, "0123456789abcdef", length);
}

function letters(random: Random, alphabet: string, length: number): string {
  let text = "";
  for (let at = 0; at < length; at += 1)
    text += alphabet.charAt(Math.floor(random() * alphabet.length));
  return text;
}

function pick(random: Random, options: readonly string[]): string {
  return options[Math.floor(random() * options.length)] ?? "";
}
