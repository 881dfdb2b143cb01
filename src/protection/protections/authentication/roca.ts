/**
 * Primes by which a modulus of the flawed generator (CVE-2017-15361, "ROCA") always leaves a
 * remainder that is a power of 65537.
 */
const primes: readonly number[] = [
  11, 13, 17, 19, 37, 53, 61, 71, 73, 79, 97, 103, 107, 109, 127, 151, 157,
];

const remainders: readonly { readonly prime: bigint; readonly powers: ReadonlySet<number> }[] =
  primes.map((prime) => {
    const powers = new Set<number>();
    for (let power = 1; !powers.has(power); power = (power * 65_537) % prime) powers.add(power);
    return { prime: BigInt(prime), powers };
  });

/** Whether an RSA modulus bears the mark of ROCA; one honest modulus in 239 million does too. */
export function isRocaModulus(modulus: bigint): boolean {
  return remainders.every(({ prime, powers }) => powers.has(Number(modulus % prime)));
}
