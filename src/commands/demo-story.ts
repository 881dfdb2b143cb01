import type { AttackStep } from "../../examples/shop/attacker.ts";
import type { Endpoint } from "../model/endpoint.ts";
import { colours } from "./colours.ts";

/** What the demo tells while it runs; one object a line with `--json`. */
export interface DemoStory {
  chapter(title: string): void;
  say(text: string): void;
  attackStep(step: AttackStep): void;
  endpoint(endpoint: Endpoint): void;
}

export function createDemoStory(options: {
  readonly json: boolean;
  readonly write: (line: string) => void;
}): DemoStory {
  const { json, write } = options;
  if (json) {
    const line = (type: string, value: unknown): void =>
      write(JSON.stringify({ type, ...(value as object) }));
    return {
      chapter: (title) => line("chapter", { title }),
      say: (text) => line("note", { text }),
      attackStep: (step) => line("attack", step),
      endpoint: (endpoint) => line("endpoint", endpoint),
    };
  }
  return {
    chapter: (title) => write(`\n${colours.bold(title)}`),
    say: (text) => write(text === "" ? "" : `  ${text}`),
    attackStep: (step) => write(`  ${outcomeOf(step)}  ${step.tried}${lootOf(step)}`),
    endpoint: (endpoint) => {
      write(
        `  ${colours.bold(`${endpoint.method} ${endpoint.path}`)}  ${endpoint.lifecycle}, risk ${endpoint.risk.score} of 100`,
      );
      for (const { points, factor, evidence } of endpoint.risk.factors) {
        write(`    +${points} ${factor}: ${evidence}`);
      }
    },
  };
}

function outcomeOf(step: AttackStep): string {
  if (step.decision !== undefined) return colours.green(`blocked ${step.status}`);
  return step.succeeded
    ? colours.red(`worked  ${step.status}`)
    : colours.dim(`nothing ${step.status}`);
}

function lootOf({ loot }: AttackStep): string {
  return loot === undefined
    ? ""
    : colours.red(`\n               ${loot.replaceAll(/\s+/g, " ").slice(0, 100)}…`);
}
