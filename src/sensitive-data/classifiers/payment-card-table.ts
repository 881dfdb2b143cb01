/** Ranges of the first six digits, with the lengths that the issuer's cards have. */
export const issuerRanges: readonly {
  readonly issuer: string;
  readonly from: number;
  readonly to: number;
  readonly lengths: readonly number[];
}[] = [
  { issuer: "visa", from: 400000, to: 499999, lengths: [13, 16, 19] },
  { issuer: "mastercard", from: 510000, to: 559999, lengths: [16] },
  { issuer: "mastercard", from: 222100, to: 272099, lengths: [16] },
  { issuer: "american-express", from: 340000, to: 349999, lengths: [15] },
  { issuer: "american-express", from: 370000, to: 379999, lengths: [15] },
  { issuer: "discover", from: 601100, to: 601199, lengths: [16, 19] },
  { issuer: "discover", from: 644000, to: 659999, lengths: [16, 19] },
  { issuer: "diners-club", from: 300000, to: 305999, lengths: [14, 16] },
  { issuer: "diners-club", from: 309500, to: 309599, lengths: [14, 16] },
  { issuer: "diners-club", from: 360000, to: 369999, lengths: [14, 16] },
  { issuer: "diners-club", from: 380000, to: 399999, lengths: [14, 16] },
  { issuer: "jcb", from: 352800, to: 358999, lengths: [16] },
  { issuer: "unionpay", from: 620000, to: 629999, lengths: [16, 17, 18, 19] },
  { issuer: "maestro", from: 501800, to: 501899, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { issuer: "maestro", from: 502000, to: 502099, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { issuer: "maestro", from: 503800, to: 503899, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { issuer: "maestro", from: 589300, to: 589399, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { issuer: "maestro", from: 630400, to: 630499, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { issuer: "maestro", from: 675900, to: 676399, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
  { issuer: "mir", from: 220000, to: 220499, lengths: [16, 17, 18, 19] },
  { issuer: "rupay", from: 508500, to: 508999, lengths: [16] },
  { issuer: "rupay", from: 606985, to: 607984, lengths: [16] },
  { issuer: "rupay", from: 608001, to: 608500, lengths: [16] },
  { issuer: "rupay", from: 817200, to: 820199, lengths: [16] },
  { issuer: "troy", from: 979200, to: 979289, lengths: [16] },
];
