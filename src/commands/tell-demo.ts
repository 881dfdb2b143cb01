import { type AttackStep, attack } from "../../examples/shop/attacker.ts";
import type { RunningMerlon } from "../app/merlon.ts";
import type { DemoStory } from "./demo-story.ts";
import { startLinesOf } from "./start-lines.ts";

interface DemoParts {
  readonly story: DemoStory;
  readonly merlon: RunningMerlon;
  readonly labKey: string;
  readonly signal: AbortSignal;
}

const forgotten = "/api/v1/products";

/** The standard example of the field, told as it happens: discovery, the attack, the block. */
export async function tellDemo(parts: DemoParts): Promise<void> {
  const { story, merlon, signal } = parts;
  story.chapter("A small shop, its customers, and Merlon in front of it");
  for (const line of startLinesOf(merlon)) story.say(line);

  story.chapter("Before any attack: what the shop's team did not know");
  await until(signal, () => findForgotten(merlon)?.authentication.required === false);
  const endpoint = findForgotten(merlon);
  if (endpoint !== undefined) story.endpoint(endpoint);

  story.chapter("An attacker comes. Merlon observes: it recognises, and blocks nothing");
  const observed = await tellAttack(parts);
  await tellIncident(parts);

  if (signal.aborted) return;
  await merlon.setMode("enforce");
  story.chapter("The same attack, with Merlon enforcing");
  const enforced = await tellAttack(parts);
  await tellIncident(parts);
  if (signal.aborted) return;

  story.chapter("What to look at");
  story.say(
    `${wonBy(observed)} attack requests worked while observing, ${wonBy(enforced)} when enforcing.`,
  );
  story.say(`Open ${merlon.console?.origin ?? "the console"} and sign in as above:`);
  story.say("  Incidents   the attack as one story, each step with its explanation");
  story.say("  Endpoints   the forgotten endpoint, its risk taken apart, the fix for each factor");
  story.say("  Decisions   any of them: the value, what it decodes to, the part that decided");
  story.say("  Policy      back to observing, or one protection at a time");
  story.say("Customers keep shopping. Ctrl-C ends it all.");
}

async function tellAttack({ story, merlon, labKey, signal }: DemoParts): Promise<AttackStep[]> {
  const steps: AttackStep[] = [];
  for await (const step of attack({ origin: merlon.gateway.origin, labKey, signal, pauseMs: 60 })) {
    steps.push(step);
    story.attackStep(step);
  }
  return steps;
}

async function tellIncident({ story, merlon, signal }: DemoParts): Promise<void> {
  await merlon.settled();
  if (signal.aborted) return;
  const [incident] = await merlon.incidents();
  if (incident !== undefined) story.say(`Incident (${incident.severity}): ${incident.summary}`);
}

function findForgotten(
  merlon: RunningMerlon,
): ReturnType<RunningMerlon["endpoints"]>[number] | undefined {
  return merlon.endpoints().find(({ path }) => path === forgotten);
}

function wonBy(steps: readonly AttackStep[]): number {
  return steps.filter(({ stage, succeeded }) => succeeded && stage.endsWith("injection")).length;
}

/** Looks again after each batch that was learned, until it is so or the demo ends. */
async function until(signal: AbortSignal, isSo: () => boolean): Promise<void> {
  while (!signal.aborted && !isSo()) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
