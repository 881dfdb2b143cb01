import type { Classifier } from "../classifier.ts";
import { saysAny } from "../key-phrases.ts";
import { passwordTails } from "./credential-phrases-table.ts";

const lengthMax = 256;
/** More words are a sentence about passwords. */
const spacesMax = 4;

/** Recognises passwords, which only their key tells. */
export const password: Classifier = {
  class: "password",
  summary: "Values under a key that names a password.",
  hiding: "fingerprint",

  mayMatch: ({ length, digits, letters }) => length <= lengthMax && digits + letters >= 2,

  classify({ value, key }) {
    if (!saysAny(key.tail, passwordTails)) return 0;
    const isText = value.split(" ").length > spacesMax || notPasswords.has(value.toLowerCase());
    const isTemplate = value.startsWith("<") || value.startsWith("${") || value.startsWith("{{");
    return isText || isTemplate || value.includes("***") ? 0 : 0.95;
  },
};

const notPasswords: ReadonlySet<string> = new Set(
  "true false null none undefined string required".split(" "),
);
