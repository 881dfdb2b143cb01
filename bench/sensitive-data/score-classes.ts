import { classify } from "../../src/sensitive-data/classifier-engine.ts";
import type { LabelledField } from "./labelled.ts";

interface ClassCounts {
  right: number;
  missed: number;
  wrong: number;
}

/** Prints precision, recall and F1 of each class over labelled values. */
export function reportClasses(fields: readonly LabelledField[], isVerbose: boolean): void {
  const counts = new Map<string, ClassCounts>();
  const of = (name: string): ClassCounts => {
    const known = counts.get(name) ?? { right: 0, missed: 0, wrong: 0 };
    counts.set(name, known);
    return known;
  };
  let told = 0;
  for (const { name, value, class: expected } of fields) {
    const tags = classify(name, value).map((tag) => tag.class);
    if (expected !== undefined) of(expected)[tags.includes(expected) ? "right" : "missed"] += 1;
    const wrong = tags.filter((tag) => tag !== expected);
    for (const tag of wrong) of(tag).wrong += 1;
    const isWrong = wrong.length > 0 || (expected !== undefined && !tags.includes(expected));
    if (isVerbose && isWrong && told < 400) {
      told += 1;
      console.log(`    ${name} = ${JSON.stringify(value)}: ${tags.join(" ")} not ${expected}`);
    }
  }
  const unlabelled = fields.filter((field) => field.class === undefined);
  const falseTags = unlabelled.filter(({ name, value }) => classify(name, value).length > 0).length;
  console.log(`labelled values: ${fields.length}`);
  console.log(`  ordinary fields tagged: ${falseTags} of ${unlabelled.length}`);
  for (const [name, { right, missed, wrong }] of [...counts].sort()) {
    const precision = right / Math.max(1, right + wrong);
    const recall = right / Math.max(1, right + missed);
    const f1 = (2 * right) / Math.max(1, 2 * right + wrong + missed);
    console.log(
      `  ${name.padEnd(20)} precision ${precision.toFixed(3)}  recall ${recall.toFixed(3)}  F1 ${f1.toFixed(3)}  (${right} right, ${missed} missed, ${wrong} wrong)`,
    );
  }
}
