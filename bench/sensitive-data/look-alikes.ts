/** Values that look like sensitive data and are none, made by a generator that always starts alike. */
export interface LookAlikes {
  readonly kind: string;
  readonly name: string;
  readonly values: readonly string[];
}

const base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const lower = "abcdefghijklmnopqrstuvwxyz";
const upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const valuesOfEach = 2_000;
const next = createRandom(20_261_123);

export const lookAlikes: readonly LookAlikes[] = [
  make("uuid", "$.id", () => uuid()),
  make("uuid of digits", "$.id", () => uuid("0123456789")),
  make("object id", "$._id", () => letters(24, "0123456789abcdef")),
  make("sha-256", "$.checksum", () => letters(64, "0123456789abcdef")),
  make("commit", "$.sha", () => letters(40, "0123456789abcdef")),
  make("base64 digest", "$.integrity", () => `sha256-${letters(43, base64)}=`),
  make("etag", "$.etag", () => `"${letters(32, "0123456789abcdef")}"`),
  make("seconds", "$.createdAt", () => String(1_500_000_000 + whole(400_000_000))),
  make("milliseconds", "$.timestamp", () => String(1_500_000_000_000 + whole(400_000_000_000))),
  make("microseconds", "$.time", () => `${1_500_000_000 + whole(400_000_000)}${digits(6)}`),
  make("nanoseconds", "$.time", () => `${1_500_000_000 + whole(400_000_000)}${digits(9)}`),
  make("date", "$.date", () => `20${digits(2)}-0${1 + whole(9)}-1${whole(9)}`),
  make(
    "instant",
    "$.updatedAt",
    () => `20${digits(2)}-0${1 + whole(9)}-1${whole(9)}T1${whole(9)}:00:00+0${whole(9)}:00`,
  ),
  make("order of 16 digits", "$.orderId", () => `4${digits(15)}`),
  make("order of 13 digits", "$.order.number", () => digits(13)),
  make("snowflake", "$.id", () => `${1 + whole(9)}${digits(17)}`),
  make("number of 9 digits", "$.accountId", () => digits(9)),
  make("number of 10 digits", "$.customerNumber", () => digits(10)),
  make("number of 11 digits", "$.reference", () => digits(11)),
  make("number of 12 digits", "$.ean", () => digits(12)),
  make("barcode", "$.gtin", () => `4${digits(12)}`),
  make("version", "$.version", () => `${whole(20)}.${whole(20)}.${whole(100)}`),
  make("version of four", "$.build", () => `${whole(20)}.${whole(20)}.${whole(99)}.${whole(9)}`),
  make("decimal", "$.price", () => `${whole(9_999)}.${digits(2)}`),
  make("long decimal", "$.ratio", () => `0.${digits(16)}`),
  make("sku", "$.sku", () => `${letters(3, upper)}-${digits(4)}-${letters(2, upper)}`),
  make("code with a letter", "$.code", () => `${digits(8)}${letters(1, upper)}`),
  make("tracking number", "$.tracking", () => `1Z${letters(16, `${upper}0123456789`)}`),
  make("ISBN", "$.isbn", () => `978-${digits(1)}-${digits(4)}-${digits(4)}-${digits(1)}`),
  make("colour", "$.color", () => `#${letters(6, "0123456789abcdef")}`),
  make("image at two densities", "$.image", () => `icon-${whole(99)}@2x.png`),
  make("package", "$.dependency", () => `@scope/name@${whole(9)}.${whole(9)}.${whole(9)}`),
  make("page token", "$.nextPageToken", () => letters(40, base64)),
  make("slug", "$.slug", () => `a-${letters(6, lower)}-b-${digits(6)}`),
  make("private address", "$.ip", () => `10.${whole(255)}.${whole(255)}.${whole(255)}`),
  make("range", "$.range", () => `${digits(3)}-${digits(2)}`),
  make("dimensions", "$.size", () => `${digits(3)}x${digits(3)}`),
];

function make(kind: string, name: string, value: () => string): LookAlikes {
  return { kind, name, values: Array.from({ length: valuesOfEach }, value) };
}

function uuid(alphabet = "0123456789abcdef"): string {
  return [8, 4, 4, 4, 12].map((length) => letters(length, alphabet)).join("-");
}

function letters(length: number, alphabet: string): string {
  return Array.from({ length }, () => alphabet[whole(alphabet.length)]).join("");
}

function digits(length: number): string {
  return letters(length, "0123456789");
}

function whole(below: number): number {
  return Math.floor(next() * below);
}

/** Park and Miller's generator: the same values in every run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
