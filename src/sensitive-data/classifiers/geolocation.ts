import type { Classifier } from "../classifier.ts";
import { phraseSet, saysAny } from "../key-phrases.ts";
import { shapeBits } from "../value-shape.ts";

const latitudeTails = phraseSet("lat latitude geolat");
const longitudeTails = phraseSet("lon lng long longitude geolng geolong geolon");
const pairTails = phraseSet(
  "coordinates coords coordinate latlng latlong latlon geolocation gps position location geo ll",
);
const digitsAfterPointMin = 2;

/** Recognises positions on the earth under a key that names one. */
export const geolocation: Classifier = {
  class: "geolocation",
  summary: "Latitudes, longitudes and pairs of them, told by their key.",
  hiding: "mask",

  mayMatch: ({ length, digits, letters, mask }) =>
    length >= 4 &&
    length <= 60 &&
    digits >= 3 &&
    letters === 0 &&
    (mask & shapeBits.dot) !== 0 &&
    (mask & (shapeBits.colon | shapeBits.slash)) === 0,

  classify({ value, key }) {
    if (saysAny(key.tail, latitudeTails)) return isDegrees(value, 90) ? 0.9 : 0;
    if (saysAny(key.tail, longitudeTails)) return isDegrees(value, 180) ? 0.9 : 0;
    if (!saysAny(key.tail, pairTails)) return 0;
    const numbers = value.split(",");
    const [first = "", second = ""] = numbers;
    if (numbers.length === 2) return isDegrees(first, 180) && isDegrees(second, 180) ? 0.85 : 0;
    // GeoJSON: `$.geometry.coordinates[0]`
    return numbers.length === 1 && key.tail.has("coordinates") && isDegrees(value, 180) ? 0.75 : 0;
  },
};

/** A place and no rounded number: with a decimal point and something behind it. */
function isDegrees(text: string, most: number): boolean {
  const number = text.trim();
  const decimals = number.length - number.indexOf(".") - 1;
  return (
    number.includes(".") && decimals >= digitsAfterPointMin && Math.abs(Number(number)) <= most
  );
}
