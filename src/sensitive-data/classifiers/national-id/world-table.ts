import { phraseSet } from "../../key-phrases.ts";
import { passesLuhn } from "../payment-card.ts";
import { isMonthAndDay, pairAt, passesVerhoeff, valueAt, weightedSum } from "./checksums.ts";
import type { NationalIdFormat } from "./national-id-format.ts";

/** Numbers of countries outside Europe. */
export const worldFormats: readonly NationalIdFormat[] = [
  {
    country: "US",
    name: "Social Security number",
    lengths: [9],
    keys: phraseSet("ssn socialsecurity socialsecuritynumber ssnumber socialsecurityno ssnlast"),
    isDistinct: false,
    isValid: (id) =>
      /^\d{9}$/.test(id) &&
      !/^(?:000|666|9)/.test(id) &&
      id.slice(3, 5) !== "00" &&
      id.slice(5) !== "0000",
  },
  {
    country: "US",
    name: "Individual Taxpayer Identification Number",
    lengths: [9],
    keys: phraseSet("itin individualtaxpayer"),
    isDistinct: false,
    isValid: (id) => /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(id),
  },
  {
    country: "CA",
    name: "Social Insurance Number",
    lengths: [9],
    keys: phraseSet("sin socialinsurance socialinsurancenumber"),
    isDistinct: false,
    isValid: (id) => /^[1-79]\d{8}$/.test(id) && passesLuhn(id),
  },
  {
    country: "BR",
    name: "CPF",
    lengths: [11],
    keys: phraseSet("cpf cadastropessoafisica"),
    isDistinct: false,
    isValid: isCpf,
  },
  {
    country: "MX",
    name: "CURP",
    lengths: [18],
    keys: phraseSet("curp"),
    isDistinct: true,
    isValid: (id) =>
      /^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[A-Z\d]\d$/.test(id) &&
      isMonthAndDay(pairAt(id, 6), pairAt(id, 8)),
  },
  {
    country: "CL",
    name: "RUT",
    lengths: [8, 9],
    keys: phraseSet("rut run"),
    isDistinct: false,
    isValid: isRut,
  },
  {
    country: "AR",
    name: "CUIL, CUIT",
    lengths: [11],
    keys: phraseSet("cuil cuit"),
    isDistinct: false,
    isValid: (id) =>
      /^(?:2[03467]|3[034])\d{9}$/.test(id) &&
      weightedSum(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
  },
  {
    country: "IN",
    name: "Aadhaar",
    lengths: [12],
    keys: phraseSet("aadhaar aadhar uidai aadhaarnumber"),
    isDistinct: false,
    isValid: (id) => /^[2-9]\d{11}$/.test(id) && passesVerhoeff(id),
  },
  {
    country: "IN",
    name: "Permanent Account Number",
    lengths: [10],
    keys: phraseSet("pan pannumber permanentaccountnumber pancard"),
    isDistinct: false,
    isValid: (id) => /^[A-Z]{3}[ABCFGHLJPT][A-Z]\d{4}[A-Z]$/.test(id),
  },
  {
    country: "CN",
    name: "Resident identity card",
    lengths: [18],
    keys: phraseSet("idcard idcardno idcardnumber identitycard shenfenzheng sfz"),
    isDistinct: true,
    isValid: isChinese,
  },
  {
    country: "ZA",
    name: "Identity number",
    lengths: [13],
    keys: phraseSet("saidnumber rsaid identitynumber"),
    isDistinct: false,
    isValid: (id) =>
      /^\d{10}[01]\d{2}$/.test(id) && isMonthAndDay(pairAt(id, 2), pairAt(id, 4)) && passesLuhn(id),
  },
  {
    country: "KR",
    name: "Resident registration number",
    lengths: [13],
    keys: phraseSet("rrn residentregistrationnumber jumin"),
    isDistinct: false,
    isValid: (id) =>
      /^\d{13}$/.test(id) &&
      isMonthAndDay(pairAt(id, 2), pairAt(id, 4)) &&
      (11 - (weightedSum(id, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === valueAt(id, 12),
  },
  {
    country: "SG",
    name: "NRIC, FIN",
    lengths: [9],
    keys: phraseSet("nric fin nricfin"),
    isDistinct: false,
    isValid: isNric,
  },
  {
    country: "AU",
    name: "Tax file number",
    lengths: [9],
    keys: phraseSet("tfn taxfilenumber"),
    isDistinct: false,
    isValid: (id) => /^\d{9}$/.test(id) && weightedSum(id, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
  },
];

function isCpf(id: string): boolean {
  if (!/^\d{11}$/.test(id) || new Set(id).size === 1) return false;
  const first = (weightedSum(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11;
  const second = (weightedSum(id, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10) % 11;
  return first % 10 === valueAt(id, 9) && second % 10 === valueAt(id, 10);
}

function isRut(id: string): boolean {
  if (!/^\d{7,8}[\dK]$/.test(id)) return false;
  let sum = 0;
  for (let at = id.length - 2, weight = 2; at >= 0; at -= 1) {
    sum += weight * valueAt(id, at);
    weight = weight === 7 ? 2 : weight + 1;
  }
  return "0123456789K0"[11 - (sum % 11)] === id.at(-1);
}

function isChinese(id: string): boolean {
  if (!/^[1-9]\d{5}(?:19|20)\d{9}[\dX]$/.test(id)) return false;
  const sum = weightedSum(id, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
  return isMonthAndDay(pairAt(id, 10), pairAt(id, 12)) && "10X98765432"[sum % 11] === id[17];
}

function isNric(id: string): boolean {
  if (!/^[STFG]\d{7}[A-Z]$/.test(id)) return false;
  const later = id[0] === "T" || id[0] === "G" ? 4 : 0;
  const sum = weightedSum(id.slice(1), [2, 7, 6, 5, 4, 3, 2]) + later;
  const letters = "ST".includes(id[0] ?? "") ? "JZIHGFEDCBA" : "XWUTRQPNMLK";
  return letters[sum % 11] === id[8];
}
