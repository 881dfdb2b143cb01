import { type KeyPhrases, keyPhrasesOf } from "./key-phrases.ts";
import { shapeOf, type ValueShape } from "./value-shape.ts";

/** A named value to be classified: a leaf of a body, a parameter, a header, a cookie. */
export interface Leaf {
  readonly value: string;
  readonly shape: ValueShape;
  /** Read from the name on first use: most values are ruled out before. */
  readonly key: KeyPhrases;
}

export function leafOf(name: string, value: string): Leaf {
  let key: KeyPhrases | undefined;
  return {
    value,
    shape: shapeOf(value),
    get key() {
      key ??= keyPhrasesOf(name);
      return key;
    },
  };
}
