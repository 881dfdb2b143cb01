import { createHash } from "node:crypto";
import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";

const walletPhrases = phraseSet(
  "wallet walletaddress cryptoaddress bitcoin bitcoinaddress btc btcaddress ethereum ethereumaddress eth ethaddress litecoin litecoinaddress depositaddress payoutaddress address",
);
const base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const bech32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/** Recognises addresses of wallets: with a checksum anywhere, Ethereum's under a key that says so. */
export const cryptoAddress: Classifier = {
  class: "crypto-address",
  summary: "Addresses of Bitcoin, Litecoin and Ethereum wallets.",
  hiding: "mask",

  mayMatch: ({ length, mask, digits }) => mask === 0 && length >= 26 && length <= 90 && digits >= 2,

  classify({ value, key }) {
    if (/^0x[0-9a-f]{40}$/i.test(value)) return saysAny(key.own, walletPhrases) ? 0.9 : 0;
    if (/^(?:bc|tb|ltc)1[a-z0-9]{11,71}$/i.test(value))
      return isBech32(value.toLowerCase()) ? 0.95 : 0;
    return /^[13LM][1-9A-HJ-NP-Za-km-z]{25,34}$/.test(value) && isBase58Check(value) ? 0.95 : 0;
  },
};

/** The last four of 25 bytes begin the double hash of the others. */
function isBase58Check(text: string): boolean {
  let number = 0n;
  for (const character of text) number = number * 58n + BigInt(base58.indexOf(character));
  const hex = number.toString(16).padStart(50, "0");
  if (hex.length !== 50) return false;
  const bytes = Buffer.from(hex, "hex");
  const once = createHash("sha256").update(bytes.subarray(0, 21)).digest();
  const twice = createHash("sha256").update(once).digest();
  return twice.subarray(0, 4).equals(bytes.subarray(21));
}

const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** The checksum of BIP 173, or of BIP 350 for later versions. */
function isBech32(text: string): boolean {
  const at = text.lastIndexOf("1");
  const prefix = [...text.slice(0, at)].map((character) => character.charCodeAt(0));
  const data = [...text.slice(at + 1)].map((character) => bech32.indexOf(character));
  if (data.includes(-1)) return false;
  let check = 1;
  const values = [
    ...prefix.map((code) => code >> 5),
    0,
    ...prefix.map((code) => code & 31),
    ...data,
  ];
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of generators.entries()) {
      if (((top >>> bit) & 1) === 1) check ^= generator;
    }
  }
  return check === 1 || check === 0x2bc830a3;
}
