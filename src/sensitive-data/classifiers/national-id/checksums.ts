/** The digit at a position; letters count on from 10 as in ISO 7064. */
export function valueAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code <= 57 ? code - 48 : code - 55;
}

/** Sum of the first characters, each times its weight. */
export function weightedSum(text: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * valueAt(text, at), 0);
}

/** Remainder of a decimal number of any length. */
export function remainderOf(digits: string, modulus: number): number {
  let remainder = 0;
  for (let at = 0; at < digits.length; at += 1) {
    remainder = (remainder * 10 + valueAt(digits, at)) % modulus;
  }
  return remainder;
}

/** ISO 7064 MOD 11,10, as in German and Croatian numbers. */
export function passesMod11And10(digits: string): boolean {
  let product = 10;
  for (let at = 0; at < digits.length - 1; at += 1) {
    const sum = (valueAt(digits, at) + product) % 10 || 10;
    product = (sum * 2) % 11;
  }
  return (11 - product) % 10 === valueAt(digits, digits.length - 1);
}

const dihedral: readonly string[] = [
  "0123456789",
  "1234067895",
  "2340178956",
  "3401289567",
  "4012395678",
  "5987604321",
  "6598710432",
  "7659821043",
  "8765932104",
  "9876543210",
];
const permutations: readonly string[] = [
  "0123456789",
  "1576283094",
  "5803796142",
  "8916043527",
  "9453126870",
  "4286573901",
  "2793806415",
  "7046913258",
];

/** Verhoeff's check digit, as in Aadhaar. */
export function passesVerhoeff(digits: string): boolean {
  let check = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = valueAt(digits, digits.length - 1 - at);
    const permuted = valueAt(permutations[at % 8] ?? "", digit);
    check = valueAt(dihedral[check] ?? "", permuted);
  }
  return check === 0;
}

/** A month and a day that exist; February may have 29 days. */
export function isMonthAndDay(month: number, day: number): boolean {
  const days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return day >= 1 && day <= days;
}

/** Two digits at a position as a number. */
export function pairAt(text: string, at: number): number {
  return Number(text.slice(at, at + 2));
}
