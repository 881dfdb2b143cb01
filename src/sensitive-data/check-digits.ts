/** The digits of a text. */
export function digitsOnly(text: string): string {
  return text.replace(/\D/g, "");
}

/** The check of ISO/IEC 7812-1, annex B: every other digit from the right counts twice. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - at) - 48;
    const doubled = at % 2 === 0 ? digit : digit * 2;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
