import { createHash } from "node:crypto";
import { BroadcastChannel } from "node:worker_threads";
import type { Installation } from "../../installation.ts";
import { type Giving, type Judgement, OwnershipGraph } from "./ownership-graph.ts";

/** What one thread tells the others: an object was given, only named, or used by a stranger. */
type Lesson =
  | readonly [kind: string, id: string, principal: string, exchange: string, how: Giving]
  | readonly [kind: string, id: string, principal: string]
  | readonly [kind: string, principal: string];

/** Told at once when so many have gathered, and soon in any case. */
const lessonsMax = 256;
const tellDelayMs = 20;

/**
 * The ownership graph that all gateway threads of an installation build together: each learns from
 * its own exchanges and tells the others within some milliseconds.
 */
export class SharedGraph {
  readonly #graph = new OwnershipGraph();
  readonly #channel: BroadcastChannel;
  #lessons: Lesson[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: string) {
    this.#channel = new BroadcastChannel(channel);
    this.#channel.onmessage = (event) => {
      for (const lesson of (event as { readonly data: readonly Lesson[] }).data) {
        this.#take(lesson);
      }
    };
    // Nothing to stay alive for.
    this.#channel.unref();
  }

  give(kind: string, id: string, principal: string, exchange: string, how: Giving): void {
    this.#teach([kind, id, principal, exchange, how]);
  }

  mention(kind: string, id: string, principal: string): void {
    this.#teach([kind, id, principal]);
  }

  noteStranger(kind: string, principal: string): void {
    this.#teach([kind, principal]);
  }

  isPrivate(kind: string): boolean {
    return this.#graph.isPrivate(kind);
  }

  holds(kind: string, id: string, principal: string): boolean {
    return this.#graph.holds(kind, id, principal);
  }

  judge(kind: string, id: string, principal: string, tries: number): Judgement | undefined {
    return this.#graph.judge(kind, id, principal, tries);
  }

  #teach(lesson: Lesson): void {
    this.#take(lesson);
    this.#lessons.push(lesson);
    if (this.#lessons.length >= lessonsMax) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), tellDelayMs).unref();
  }

  #take(lesson: Lesson): void {
    if (lesson.length === 5) this.#graph.give(...lesson);
    else if (lesson.length === 3) this.#graph.mention(...lesson);
    else this.#graph.noteStranger(...lesson);
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#channel.postMessage(this.#lessons);
    this.#lessons = [];
  }
}

/** The graph of an installation; it outlives a changed policy. */
export function sharedGraphOf(installation: Installation): SharedGraph {
  return installation.keep("ownership graph", () => {
    // Installations in one process, as in an embedding, must not learn from each other.
    const name = createHash("sha256").update(installation.digestKey).digest("hex");
    return new SharedGraph(`merlon ownership ${name}`);
  });
}
