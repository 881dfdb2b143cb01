import type { Classifier } from "../classifier.ts";
import { email } from "./email.ts";

/** All classifiers; where two are equally sure of a value, the first one names it. */
export const builtInClassifiers: readonly Classifier[] = [email];
