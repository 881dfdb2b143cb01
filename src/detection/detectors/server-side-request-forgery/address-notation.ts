/** An address as some parser of hosts reads it. */
export interface Address {
  /** Four bytes as a number, or undefined for an IPv6 address that holds no IPv4 one. */
  readonly ipv4: number | undefined;
  /** Eight groups of an IPv6 address. */
  readonly ipv6: readonly number[] | undefined;
  /** Not written as four decimal numbers or a plain IPv6 address. */
  readonly isDisguised: boolean;
}

/**
 * Reads a host the way C libraries and browsers do: decimal, octal and hexadecimal numbers, fewer than
 * four parts, numbers that overflow, wide and encircled characters, IPv6 with an IPv4 address inside.
 */
export function addressOf(host: string): Address | undefined {
  if (host.startsWith("["))
    return ipv6AddressOf(host.slice(1, host.endsWith("]") ? -1 : undefined));
  const plain = plainHost(host);
  const parts = (plain.endsWith(".") ? plain.slice(0, -1) : plain).split(".");
  if (parts.length > 4) return undefined;
  const numbers: number[] = [];
  let isOdd = parts.length < 4 || plain !== host;
  for (const part of parts) {
    const number = numberOf(part);
    if (number === undefined) return undefined;
    isOdd ||= number.isOdd;
    numbers.push(number.value);
  }
  return { ipv4: joined(numbers), ipv6: undefined, isDisguised: isOdd };
}

/** `１２７。０。０。１` and `①②⑦.⓪.⓪.①` are digits and dots to whoever normalises names. */
function plainHost(host: string): string {
  for (let at = 0; at < host.length; at++) {
    if (host.charCodeAt(at) > 0x7f)
      return host.normalize("NFKC").replaceAll("。", ".").toLowerCase();
  }
  return host;
}

function numberOf(part: string): { readonly value: number; readonly isOdd: boolean } | undefined {
  if (part === "" || part.length > 24) return undefined;
  if (part.startsWith("0x") || part.startsWith("0X")) {
    const value = part.length === 2 ? 0 : readDigits(part.slice(2), 16);
    return value === undefined ? undefined : { value, isOdd: true };
  }
  const isOctal = part.length > 1 && part.startsWith("0");
  const value = (isOctal ? readDigits(part, 8) : undefined) ?? readDigits(part, 10);
  return value === undefined ? undefined : { value, isOdd: isOctal || value > 255 };
}

function readDigits(text: string, base: 8 | 10 | 16): number | undefined {
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at) | 0x20;
    const digit = code >= 0x61 ? code - 0x57 : text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit >= base) return undefined;
    value = value * base + digit;
  }
  return value;
}

/** The last number fills the bytes that the others leave. */
function joined(numbers: readonly number[]): number {
  let address = 0;
  for (const [index, number] of numbers.entries()) {
    const isLast = index === numbers.length - 1;
    if (isLast) address += number % 256 ** (5 - numbers.length);
    else address += (number % 256) * 256 ** (3 - index);
  }
  return address;
}

function ipv6AddressOf(text: string): Address | undefined {
  const zone = text.indexOf("%");
  const groups = groupsOf(zone < 0 ? text : text.slice(0, zone));
  if (groups === undefined) return undefined;
  const ipv4 = embeddedIpv4(groups);
  return { ipv4, ipv6: groups, isDisguised: ipv4 !== undefined };
}

function groupsOf(text: string): readonly number[] | undefined {
  if (text.length > 45 || !text.includes(":")) return undefined;
  const [head = "", tail, ...more] = text.split("::");
  if (more.length > 0) return undefined;
  const first = readGroups(head);
  const last = tail === undefined ? [] : readGroups(tail);
  if (first === undefined || last === undefined) return undefined;
  const missing = 8 - first.length - last.length;
  if (tail === undefined ? missing !== 0 : missing < 0) return undefined;
  return [...first, ...Array.from({ length: missing }, () => 0), ...last];
}

function readGroups(text: string): number[] | undefined {
  const groups: number[] = [];
  if (text === "") return groups;
  for (const part of text.split(":")) {
    if (part.includes(".")) {
      const ipv4 = addressOf(part)?.ipv4;
      if (ipv4 === undefined) return undefined;
      groups.push(Math.floor(ipv4 / 65_536), ipv4 % 65_536);
      continue;
    }
    const group = part.length > 4 ? undefined : readDigits(part, 16);
    if (group === undefined || part === "") return undefined;
    groups.push(group);
  }
  return groups;
}

/** `::ffff:127.0.0.1`, `::127.0.0.1`, `64:ff9b::7f00:1`, `2002:7f00:1::`. */
function embeddedIpv4(groups: readonly number[]): number | undefined {
  const [first = 0, second = 0, third = 0] = groups;
  const low = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0);
  const leading = groups.slice(0, 5).every((group) => group === 0);
  const isMapped = leading && (groups[5] === 0xffff || (groups[5] === 0 && low > 65_535));
  if (isMapped || (first === 0x64 && second === 0xff9b)) return low;
  return first === 0x2002 ? second * 65_536 + third : undefined;
}
