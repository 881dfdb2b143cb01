import { phraseSet } from "../../key-phrases.ts";
import { passesLuhn } from "../payment-card.ts";
import {
  isMonthAndDay,
  pairAt,
  passesMod11And10,
  remainderOf,
  valueAt,
  weightedSum,
} from "./checksums.ts";
import type { NationalIdFormat } from "./national-id-format.ts";

const dniLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
const hetuCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

/** Numbers of European countries. */
export const europeanFormats: readonly NationalIdFormat[] = [
  {
    country: "DE",
    name: "Steuer-Identifikationsnummer",
    lengths: [11],
    keys: phraseSet("steuerid steuernummer steueridentifikationsnummer idnr steueridnr"),
    isDistinct: false,
    isValid: (id) => /^[1-9]\d{10}$/.test(id) && repeatsOneDigit(id) && passesMod11And10(id),
  },
  {
    country: "FR",
    name: "Numéro de sécurité sociale (NIR)",
    lengths: [15],
    keys: phraseSet("nir insee securitesociale numerosecu numerosecuritesociale"),
    isDistinct: false,
    isValid: isNir,
  },
  {
    country: "ES",
    name: "DNI, NIE",
    lengths: [9],
    keys: phraseSet("dni nie nif documentoidentidad"),
    isDistinct: false,
    isValid: (id) => /^[XYZ\d]\d{7}[A-Z]$/.test(id) && id[8] === dniLetter(id),
  },
  {
    country: "IT",
    name: "Codice fiscale",
    lengths: [16],
    keys: phraseSet("codicefiscale cf fiscalcode"),
    isDistinct: true,
    isValid: isCodiceFiscale,
  },
  {
    country: "NL",
    name: "Burgerservicenummer",
    lengths: [9],
    keys: phraseSet("bsn burgerservicenummer sofinummer"),
    isDistinct: false,
    isValid: (id) =>
      /^\d{9}$/.test(id) && weightedSum(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && !isFlat(id),
  },
  {
    country: "BE",
    name: "Rijksregisternummer",
    lengths: [11],
    keys: phraseSet("rijksregisternummer nationalregisternumber insz niss rrn"),
    isDistinct: false,
    isValid: isBelgian,
  },
  {
    country: "PL",
    name: "PESEL",
    lengths: [11],
    keys: phraseSet("pesel"),
    isDistinct: false,
    isValid: (id) =>
      /^\d{11}$/.test(id) &&
      isMonthAndDay(pairAt(id, 2) % 20, pairAt(id, 4)) &&
      weightedSum(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
  },
  {
    country: "SE",
    name: "Personnummer",
    lengths: [10, 12],
    keys: phraseSet("personnummer personnr pnr personalidentitynumber"),
    isDistinct: false,
    isValid: (id) => {
      const short = id.slice(-10);
      return (
        /^(?:19|20)?\d{10}$/.test(id) &&
        isMonthAndDay(pairAt(short, 2), pairAt(short, 4) % 60) &&
        passesLuhn(short)
      );
    },
  },
  {
    country: "FI",
    name: "Henkilötunnus",
    lengths: [10, 11],
    keys: phraseSet("hetu henkilotunnus"),
    isDistinct: true,
    // The separator is part of the number, and of the eleven characters.
    isValid: (id) =>
      /^\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]$/.test(id) &&
      isMonthAndDay(pairAt(id, 2), pairAt(id, 0)) &&
      hetuCharacters[Number(id.slice(0, 6) + id.slice(7, 10)) % 31] === id[10],
  },
  {
    country: "DK",
    name: "CPR-nummer",
    lengths: [10],
    keys: phraseSet("cpr cprnummer cprnr cprnumber"),
    isDistinct: false,
    isValid: (id) => /^\d{10}$/.test(id) && isMonthAndDay(pairAt(id, 2), pairAt(id, 0)),
  },
  {
    country: "NO",
    name: "Fødselsnummer",
    lengths: [11],
    keys: phraseSet("fodselsnummer fnr birthnumber"),
    isDistinct: false,
    isValid: (id) =>
      /^\d{11}$/.test(id) &&
      isMonthAndDay(pairAt(id, 2), pairAt(id, 0) % 40) &&
      weightedSum(id, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
      weightedSum(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  {
    country: "GB",
    name: "National Insurance number",
    lengths: [9],
    keys: phraseSet("nino nationalinsurance nationalinsurancenumber nationalinsuranceno"),
    isDistinct: false,
    isValid: (id) =>
      /^[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(id) &&
      !["BG", "GB", "NK", "KN", "TN", "NT", "ZZ"].includes(id.slice(0, 2)),
  },
  {
    country: "GB",
    name: "NHS number",
    lengths: [10],
    keys: phraseSet("nhs nhsnumber nhsno"),
    isDistinct: false,
    isValid: (id) =>
      /^\d{10}$/.test(id) && weightedSum(id, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  {
    country: "CH",
    name: "AHV-Nummer",
    lengths: [13],
    keys: phraseSet("ahv avs ahvnummer ahvnr socialsecuritynumber"),
    isDistinct: true,
    isValid: (id) =>
      /^756\d{10}$/.test(id) && weightedSum(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
  },
  {
    country: "PT",
    name: "NIF",
    lengths: [9],
    keys: phraseSet("nif contribuinte numerocontribuinte"),
    isDistinct: false,
    isValid: (id) => {
      if (!/^[1-35689]\d{8}$/.test(id)) return false;
      const rest = weightedSum(id, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
      return valueAt(id, 8) === (rest < 2 ? 0 : 11 - rest);
    },
  },
  {
    country: "HR",
    name: "OIB",
    lengths: [11],
    keys: phraseSet("oib"),
    isDistinct: false,
    isValid: (id) => /^\d{11}$/.test(id) && passesMod11And10(id),
  },
  {
    country: "RO",
    name: "CNP",
    lengths: [13],
    keys: phraseSet("cnp codnumericpersonal"),
    isDistinct: false,
    isValid: (id) =>
      /^[1-9]\d{12}$/.test(id) &&
      isMonthAndDay(pairAt(id, 3), pairAt(id, 5)) &&
      (weightedSum(id, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11) % 10 === valueAt(id, 12),
  },
  {
    country: "TR",
    name: "T.C. kimlik no",
    lengths: [11],
    keys: phraseSet("tckn kimlikno tckimlik tckimlikno"),
    isDistinct: false,
    isValid: isTurkish,
  },
];

function isFlat(id: string): boolean {
  return new Set(id).size === 1;
}

/** Among the first ten digits one comes twice or three times; a number without that is none. */
function repeatsOneDigit(id: string): boolean {
  const distinct = new Set(id.slice(0, 10)).size;
  return distinct === 9 || distinct === 8;
}

function isNir(id: string): boolean {
  if (!/^[12]\d{4}(?:\d{2}|2A|2B)\d{8}$/.test(id)) return false;
  const month = pairAt(id, 3);
  const isMonth = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  const digits = id.slice(0, 13).replace("2A", "19").replace("2B", "18");
  return isMonth && 97 - remainderOf(digits, 97) === pairAt(id, 13);
}

function dniLetter(id: string): string | undefined {
  const first = "XYZ".indexOf(id[0] ?? "");
  const digits = first < 0 ? id.slice(0, 8) : `${first}${id.slice(1, 8)}`;
  return dniLetters[Number(digits) % 23];
}

const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

function isCodiceFiscale(id: string): boolean {
  if (!/^[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPR-T][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/.test(id)) {
    return false;
  }
  let sum = 0;
  for (let at = 0; at < 15; at += 1) {
    const code = id.charCodeAt(at);
    const value = code <= 57 ? code - 48 : code - 65;
    sum += at % 2 === 0 ? (oddValues[value] ?? 0) : value;
  }
  return String.fromCharCode(65 + (sum % 26)) === id[15];
}

function isBelgian(id: string): boolean {
  if (!/^\d{11}$/.test(id) || !isMonthAndDay(pairAt(id, 2), pairAt(id, 4))) return false;
  const check = pairAt(id, 9);
  const number = id.slice(0, 9);
  return 97 - remainderOf(number, 97) === check || 97 - remainderOf(`2${number}`, 97) === check;
}

function isTurkish(id: string): boolean {
  if (!/^[1-9]\d{10}$/.test(id)) return false;
  const tenth = (weightedSum(id, [7, -1, 7, -1, 7, -1, 7, -1, 7]) + 100) % 10;
  const eleventh = weightedSum(id, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) % 10;
  return tenth === valueAt(id, 9) && eleventh === valueAt(id, 10);
}
