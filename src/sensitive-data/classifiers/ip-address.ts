import ipaddr from "ipaddr.js";
import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const addressPhrases = phraseSet(
  "ip ipv4 ipv6 ipaddress ips remoteaddr clientip xforwardedfor address",
);
const versionPhrases = phraseSet(
  "version versions build release firmware ver oid mask netmask subnet cidr",
);

/** Recognises public IPv4 and IPv6 addresses; private and reserved ones tell nothing of a person. */
export const ipAddress: Classifier = {
  class: "ip",
  summary: "Public IP addresses.",
  // Who called is what an operator has to see.
  hiding: "keep",

  mayMatch: ({ length, digits, mask }) =>
    length >= 7 &&
    length <= 45 &&
    digits >= 3 &&
    (mask & (shapeBits.dot | shapeBits.colon)) !== 0 &&
    (mask & ~(shapeBits.dot | shapeBits.colon)) === 0,

  classify({ value, key }) {
    const dotted = value.split(".").length === 4;
    if (!dotted && !value.includes(":")) return 0;
    if (!ipaddr.isValid(value) || ipaddr.parse(value).range() !== "unicast") return 0;
    if (saysAny(key.own, addressPhrases)) return 0.95;
    if (saysAny(key.own, versionPhrases)) return 0;
    return dotted && looksLikeVersion(value) ? 0.4 : 0.8;
  },
};

/** `4.2.0.1` is as often a version. */
function looksLikeVersion(value: string): boolean {
  return value.split(".").every((part) => part.length < 3);
}
