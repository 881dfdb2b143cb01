/** `1 call`, `2 calls`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** How sure that many observations make one, when one may be chance: 0.5, 0.67, 0.75, … */
export function sureness(observations: number): number {
  return observations / (observations + 1);
}
